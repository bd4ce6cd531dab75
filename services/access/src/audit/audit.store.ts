import type { EntityManager } from 'typeorm';
import type { AuditEntry, Audited } from '#libs/contracts';
import { BEGINNING, chained } from './chain.js';

interface Row {
  seq: string;
  at: Date;
  actor: string;
  subject: string | null;
  operation: string;
  targets: string[];
  request_id: string;
  hash: string;
}

/** Adds entries to the log, one behind the other: whoever adds waits for who is adding. What stands there already is not added again. */
export async function append(
  manager: EntityManager,
  entries: readonly { eventId: string; at: string; act: Audited }[],
): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('audit log', 0))`);
  const [last] = await manager.query<{ seq: string; hash: string }[]>(
    'SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1',
  );
  const rows = await manager.query<{ event_id: string }[]>(
    'SELECT event_id FROM audit_entry WHERE event_id = ANY($1::uuid[])',
    [entries.map(({ eventId }) => eventId)],
  );
  const known = new Set(rows.map((row) => row.event_id));
  let seq = Number(last?.seq ?? 0);
  let hash = last?.hash ?? BEGINNING;
  const added = entries
    .filter(({ eventId }) => !known.has(eventId))
    .map(({ eventId, at, act }) => {
      const { actor, subject = null, operation, targets, requestId } = act;
      const entry = { seq: ++seq, at: new Date(at).toISOString(), actor, subject, operation, targets, requestId };
      hash = chained(entry, hash);
      return { ...entry, event_id: eventId, request_id: requestId, hash };
    });
  // At once: everybody else who adds is waiting.
  await manager.query(
    `INSERT INTO audit_entry (seq, event_id, at, actor, subject, operation, targets, request_id, hash)
     SELECT seq, event_id, at, actor, subject, operation, targets, request_id, hash
     FROM jsonb_populate_recordset(NULL::audit_entry, $1)`,
    [JSON.stringify(added)],
  );
}

/** Entries before `before`, newest first. */
export async function entriesBefore(
  manager: EntityManager,
  { before, target, actor, limit }: { before?: number; target?: string; actor?: string; limit: number },
): Promise<AuditEntry[]> {
  const rows = await manager.query<Row[]>(
    `SELECT * FROM audit_entry WHERE ($1::bigint IS NULL OR seq < $1) AND ($2::text IS NULL OR targets @> ARRAY[$2]) AND ($3::text IS NULL OR actor = $3)
     ORDER BY seq DESC LIMIT $4`,
    [before ?? null, target ?? null, actor ?? null, limit],
  );
  return rows.map(({ request_id, ...row }) => ({
    seq: Number(row.seq),
    at: row.at.toISOString(),
    actor: row.actor,
    subject: row.subject,
    operation: row.operation,
    targets: row.targets,
    requestId: request_id,
    hash: row.hash,
  }));
}
