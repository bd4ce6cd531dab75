import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Erasure, Party } from '#libs/contracts';

/** The services that keep something of a firm or of an expert, the owner of the record first. */
export const stepsFor = (kind: Party['kind']): string[] => [
  kind === 'firm' ? 'companies' : 'experts',
  'matching',
  'cooperation',
  'notifications',
  'access',
];

interface Row {
  id: string;
  revision: number;
  kind: Party['kind'];
  party_id: string;
  requested_by: string;
  requested_at: Date;
  done_at: Date | null;
}

/** The record of an erasure with who is done; undefined when there is none. */
export async function recordWhere(
  manager: EntityManager,
  condition: string,
  parameters: unknown[],
): Promise<{ view: Erasure; requestedBy: string } | undefined> {
  const [row] = await manager.query<Row[]>(`SELECT * FROM erasure WHERE ${condition}`, parameters);
  if (!row) return undefined;
  const done = await manager.query<{ owner: string; done_at: Date | null }[]>(
    'SELECT owner, done_at FROM erasure_step WHERE erasure_id = $1',
    [row.id],
  );
  const at = new Map(done.map((step) => [step.owner, step.done_at?.toISOString() ?? null]));
  const view: Erasure = {
    id: row.id,
    revision: row.revision,
    subject: { kind: row.kind, id: row.party_id },
    state: row.done_at ? 'done' : 'running',
    requestedAt: row.requested_at.toISOString(),
    doneAt: row.done_at?.toISOString() ?? null,
    steps: stepsFor(row.kind).map((owner) => ({ owner, doneAt: at.get(owner) ?? null })),
  };
  return { view, requestedBy: row.requested_by };
}

/** The one record of a party's erasure, made when there is none: whoever asked first is named in it. It is the tombstone here. */
export async function openRecord(manager: EntityManager, party: Party, by: string, now: Date): Promise<Erasure> {
  await manager.query(
    `WITH made AS (
       INSERT INTO erasure (id, revision, kind, party_id, requested_by, requested_at) VALUES ($1, 1, $2, $3, $4, $5)
       ON CONFLICT (kind, party_id) DO NOTHING RETURNING id)
     INSERT INTO erasure_step (erasure_id, owner) SELECT made.id, owner FROM made, unnest($6::text[]) AS s (owner)`,
    [uuidv7(), party.kind, party.id, by, now, stepsFor(party.kind)],
  );
  const record = await recordWhere(manager, 'kind = $1 AND party_id = $2', [party.kind, party.id]);
  return record!.view;
}

/** Notes that a service is done; with the last one the whole erasure is. */
export async function completeStep(manager: EntityManager, party: Party, owner: string, now: Date): Promise<void> {
  // Two services that finish at once must see each other.
  const [row] = await manager.query<{ id: string }[]>(
    'SELECT id FROM erasure WHERE kind = $1 AND party_id = $2 FOR UPDATE',
    [party.kind, party.id],
  );
  if (!row) return;
  await manager.query('UPDATE erasure_step SET done_at = $3 WHERE erasure_id = $1 AND owner = $2 AND done_at IS NULL', [
    row.id,
    owner,
    now,
  ]);
  await manager.query(
    `UPDATE erasure SET revision = revision + 1,
       done_at = CASE WHEN NOT EXISTS (SELECT 1 FROM erasure_step s WHERE s.erasure_id = erasure.id AND s.done_at IS NULL) THEN $2::timestamptz END
     WHERE id = $1 AND done_at IS NULL`,
    [row.id, now],
  );
}
