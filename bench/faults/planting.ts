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
  const js = jetstream(await books.connection());
  const planted: Planted[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const fact of FACTS) {
      const id = uuidv7();
      const subject = `${fact}.${uuidv7()}`;
      const type = fact.split('.').slice(1).join('.');
      const envelope = {
        ...{ specversion: '1.0', id, source: 'ceresio/bench', type, subject: 'planted' },
        ...{ time: new Date().toISOString(), datacontenttype: 'application/json', data: { planted: true } },
      };
      const header = headers();
      header.set('Nats-Msg-Id', id);
      await js.publish(subject, JSON.stringify(envelope), { headers: header, timeout: 10_000 });
      planted.push({ id, subject, consumers: hearers(subject) });
    }
  }
  return planted;
}
