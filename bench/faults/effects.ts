import { CONSUMERS, ownerOf } from '#libs/messaging';
import type { Books } from './books.js';
import type { Acknowledged } from './plan.js';

/** Something of which there is too little or too much. */
export interface Finding {
  what: string;
  lost: number;
  doubled: number;
}

/** What the effects themselves say: each exactly as often as its cause. */
export async function effectBooks(books: Books, acknowledged: readonly Acknowledged[]): Promise<Finding[]> {
  return [
    ...(await streams(books)),
    ...(await copies(books)),
    await publications(books, acknowledged),
    ...(await notices(books)),
    await deliveries(books),
    ...(await interests(books, acknowledged)),
    await audit(books),
  ];
}

/** Every event of an outbox stands in its stream; facts about one revision of one thing are told once. */
async function streams(books: Books): Promise<Finding[]> {
  const jsm = await books.jetstream();
  const found: Finding[] = [];
  for (const service of Object.keys(CONSUMERS)) {
    const stream = ownerOf(service).toUpperCase();
    const [row] = await books.sql<{ sent: number; highest: string | null; twice: number }>(
      service,
      `SELECT count(*) FILTER (WHERE sent_at IS NOT NULL)::int AS sent, max(stream_seq) AS highest,
         (count(*) FILTER (WHERE subject NOT LIKE '%.audited.%')
          - count(DISTINCT (aggregate_id, type, envelope->'data'->>'revision', envelope->'data'->>'stage')) FILTER (WHERE subject NOT LIKE '%.audited.%'))::int AS twice
       FROM outbox`,
    );
    const { state } = await jsm.streams.info(stream);
    found.push({
      what: `stream ${stream}`,
      lost: Math.max(0, row!.sent - state.messages, Number(row!.highest ?? 0) - state.last_seq),
      doubled: row!.twice,
    });
  }
  return found;
}

/** Matching's copies are at the owner's revision, and found in the index. */
async function copies(books: Books): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [type, service, where] of [
    ['company', 'companies', 'true'],
    ['expert', 'experts', 'listed'],
    ['opportunity', 'companies', `state = 'published'`],
  ] as const) {
    const owned = await books.sql<Copy>(service, `SELECT id, revision FROM ${type} WHERE ${where}`);
    const kept = await books.sql<Copy>(
      'matching',
      `SELECT id, least(revision, copy_revision, indexed_revision) AS revision FROM subject WHERE type = $1 AND open`,
      [type],
    );
    const revisions = new Map(kept.map(({ id, revision }) => [id, revision]));
    const ids = new Set(owned.map(({ id }) => id));
    found.push({
      what: `copies of ${service === 'experts' ? 'experts' : type === 'company' ? 'firms' : 'needs'}`,
      lost: owned.filter(({ id, revision }) => revisions.get(id) !== revision).length,
      doubled: kept.filter(({ id }) => !ids.has(id)).length,
    });
  }
  return found;
}

interface Copy {
  id: string;
  revision: number;
}

/** Each publication was told, found somebody (there are experts for every need), and each of its suggestions was made once. */
async function publications(books: Books, acknowledged: readonly Acknowledged[]): Promise<Finding> {
  const asked = acknowledged.filter(({ operation }) => operation === 'publish').map(({ id }) => id);
  const told = await books.ids(
    'companies',
    `SELECT aggregate_id AS id FROM outbox WHERE type = 'opportunity-published.v1'`,
  );
  const made = await books.sql<{ id: string; n: number }>(
    'matching',
    `SELECT s.id, (SELECT count(*) FROM outbox o WHERE o.type = 'suggestion-made.v1' AND o.aggregate_id = s.id::text)::int AS n FROM suggestion s`,
  );
  const open = await books.ids('companies', `SELECT id FROM opportunity WHERE state = 'published'`);
  const found = new Set(await books.ids('matching', 'SELECT DISTINCT opportunity_id AS id FROM suggestion'));
  const unheard = asked.filter((id) => !told.includes(id)).length;
  return {
    what: 'publications and their suggestions',
    lost: unheard + open.filter((id) => !found.has(id)).length + made.filter(({ n }) => n === 0).length,
    doubled: told.length - new Set(told).size + made.filter(({ n }) => n > 1).length,
  };
}

/**
 * Whoever was suggested was told once, and once of each answer. A suggestion that fell before it was told, since its need was closed, is told to nobody.
 * Places in the inboxes of experts leave no gap: a notice that was tried twice leaves one.
 */
async function notices(books: Books): Promise<Finding[]> {
  const causes: [kind: string, service: string, text: string][] = [
    ['suggested', 'matching', `SELECT id, state = 'withdrawn' AS fallen FROM suggestion`],
    ['interest-answered', 'cooperation', 'SELECT id, false AS fallen FROM interest WHERE answered_at IS NOT NULL'],
    ['contact-open', 'cooperation', 'SELECT id, false AS fallen FROM interest WHERE accepted_at IS NOT NULL'],
  ];
  const found: Finding[] = [];
  for (const [kind, service, text] of causes) {
    const caused = await books.sql<{ id: string; fallen: boolean }>(service, text);
    const told = await books.ids('notifications', 'SELECT about_id AS id FROM notice WHERE kind = $1', [kind]);
    const [one, other] = [new Set(told), new Set(caused.map(({ id }) => id))];
    found.push({
      what: `notices "${kind}"`,
      lost: caused.filter(({ id, fallen }) => !fallen && !one.has(id)).length,
      doubled: told.length - one.size + told.filter((id) => !other.has(id)).length,
    });
  }
  const gaps = await books.ids(
    'notifications',
    `SELECT id FROM recipient r WHERE kind = 'expert' AND last_place > (SELECT count(*) FROM notice n WHERE n.recipient_kind = r.kind AND n.recipient_id = r.id)`,
  );
  return [...found, { what: 'places in inboxes', lost: 0, doubled: gaps.length }];
}

/** Every notice goes out on each channel once. */
async function deliveries(books: Books): Promise<Finding> {
  const rows = await books.sql<{ n: number; channels: number }>(
    'notifications',
    `SELECT count(d.id)::int AS n, count(DISTINCT d.channel)::int AS channels FROM notice n LEFT JOIN delivery d ON d.notice_id = n.id
     WHERE NOT n.muted GROUP BY n.id`,
  );
  const channels = Math.max(0, ...rows.map((row) => row.channels));
  return {
    what: 'deliveries',
    lost: rows.filter((row) => row.channels < channels).length,
    doubled: rows.filter((row) => row.n > row.channels).length,
  };
}

/** Each question was told once, each answer once, and the ledger has both sides of each contact. */
async function interests(books: Books, acknowledged: readonly Acknowledged[]): Promise<Finding[]> {
  const of = (...operations: string[]) =>
    acknowledged.filter(({ operation }) => operations.includes(operation)).map(({ id }) => id);
  const compare = async (what: string, expected: string[], text: string): Promise<Finding> => {
    const found = await books.ids('cooperation', text);
    const distinct = new Set(found);
    return {
      what,
      lost: expected.filter((id) => !distinct.has(id)).length,
      doubled: Math.max(0, found.length - expected.length),
    };
  };
  const told = (fact: string) => `SELECT aggregate_id AS id FROM outbox WHERE type = '${fact}.v1'`;
  const accepted = of('accept');
  return [
    await compare('questions told', of('ask'), told('interest-expressed')),
    await compare('answers told', of('accept', 'decline'), told('interest-answered')),
    await compare(
      'contacts in the ledger',
      [...accepted, ...accepted],
      `SELECT interest_id AS id FROM disclosure WHERE act = 'opened'`,
    ),
  ];
}

/** What was told for the audit log stands in it, in one chain. */
async function audit(books: Books): Promise<Finding> {
  const told: string[] = [];
  for (const service of Object.keys(CONSUMERS))
    told.push(...(await books.ids(service, `SELECT id FROM outbox WHERE type = 'audited.v1'`)));
  const entries = await books.sql<{ id: string; seq: string }>('access', 'SELECT event_id AS id, seq FROM audit_entry');
  const kept = new Set(entries.map(({ id }) => id));
  const highest = Math.max(0, ...entries.map(({ seq }) => Number(seq)));
  return {
    what: 'audit log',
    lost: told.filter((id) => !kept.has(id)).length + Math.max(0, highest - entries.length),
    doubled: Math.max(0, entries.length - told.length),
  };
}
