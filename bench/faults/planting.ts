import { randomBytes } from 'node:crypto';
import { jetstream } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import { brings, CONSUMERS } from '#libs/messaging';
import type { Books } from './books.js';

/** A message that no handling can succeed with, and who must keep it as a dead letter. */
export interface Planted {
  id: string;
  subject: string;
  consumers: string[];
}

/** One of each: together every consumer gets some. */
const FACTS = [
  'companies.company-saved.v1',
  'companies.opportunity-closed.v1',
  'matching.suggestion-made.v1',
  'cooperation.interest-answered.v1',
  'companies.audited.v1',
  'privacy.erasure-requested.v1',
];

/** Who is brought this fact. */
export function hearers(subject: string): string[] {
  const [owner = '', fact = ''] = subject.split('.');
  return Object.keys(CONSUMERS).filter((service) => brings(service, owner.toUpperCase(), fact));
}

/** Publishes malformed messages, `rounds` times one of each kind: what they say fits no schema. */
export async function plantMalformed(books: Books, rounds = 1): Promise<Planted[]> {
  const planted: Planted[] = [];
  for (let round = 0; round < rounds; round++)
    for (const fact of FACTS) planted.push(await publish(books, fact, uuidv7(), uuidv7(), { planted: true }));
  return planted;
}

/** What a row must be called that no database of the world takes any more once `plantPoison` has been there. */
const POISON = '0bad0bad';
const poisonId = (): string =>
  `${POISON}-${randomBytes(2).toString('hex')}-7000-8000-${randomBytes(6).toString('hex')}`;

/** Publishes well-formed events whose handling fails each time, because a trigger refuses what it writes: an error that lies in the event alone. */
export async function plantPoison(books: Books, count: number): Promise<Planted[]> {
  await refuse(books, 'matching', 'subject', 'id');
  await refuse(books, 'notifications', 'suggestion', 'id');
  await refuse(books, 'access', 'audit_entry', 'event_id');
  const planted: Planted[] = [];
  for (let n = 0; n < count; n++) {
    const [id, other] = [poisonId(), uuidv7()];
    if (n % 3 === 0) {
      const data = { companyId: id, revision: 1 };
      planted.push(await publish(books, 'companies.company-saved.v1', id, other, data));
    } else if (n % 3 === 1) {
      const about = { suggestionId: id, opportunityId: other, subjectType: 'expert', subjectId: uuidv7() };
      const data = { ...about, revision: 1, rank: 1, score: 50, weightsVersion: 'planted' };
      planted.push(await publish(books, 'matching.suggestion-made.v1', id, uuidv7(), data));
    } else {
      const data = { actor: 'coordinator', operation: 'planted', targets: [], requestId: 'planted' };
      planted.push(await publish(books, 'companies.audited.v1', other, id, data));
    }
  }
  return planted;
}

/** Publishes an event of the aggregate that a service was told to die of. */
export function plantKiller(books: Books, aggregateId: string): Promise<Planted> {
  return publish(books, 'companies.company-saved.v1', aggregateId, uuidv7(), { companyId: aggregateId, revision: 1 });
}

/** The dead letters of a planted message, of all who must keep it; undefined until all do. */
export async function deadLetterOf(books: Books, { id, consumers }: Planted): Promise<string[] | undefined> {
  const reasons: string[] = [];
  for (const consumer of consumers)
    reasons.push(...(await books.ids(consumer, 'SELECT reason AS id FROM dead_letter WHERE event_id = $1', [id])));
  return reasons.length === consumers.length ? reasons : undefined;
}

async function publish(
  books: Books,
  fact: string,
  aggregateId: string,
  id: string,
  data: Record<string, unknown>,
): Promise<Planted> {
  const js = jetstream(await books.connection());
  const subject = `${fact}.${aggregateId}`;
  const [owner, ...type] = fact.split('.');
  const envelope = {
    ...{ specversion: '1.0', id, source: `ceresio/${owner}`, type: type.join('.'), subject: aggregateId },
    ...{ time: new Date().toISOString(), datacontenttype: 'application/json', data },
  };
  const header = headers();
  header.set('Nats-Msg-Id', id);
  await js.publish(subject, JSON.stringify(envelope), { headers: header, timeout: 10_000 });
  return { id, subject, consumers: hearers(subject) };
}

async function refuse(books: Books, service: string, table: string, column: string): Promise<void> {
  await books.sql(
    service,
    `CREATE OR REPLACE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       IF NEW.${column}::text LIKE '${POISON}%' THEN RAISE EXCEPTION 'poison'; END IF;
       RETURN NEW;
     END $$`,
  );
  await books.sql(
    service,
    `CREATE OR REPLACE TRIGGER refuse_poison BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_poison()`,
  );
}
