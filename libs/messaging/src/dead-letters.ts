import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';

/** A dead letter as a person sees it. */
export interface DeadLetterSummary {
  event_id: string;
  consumer: string;
  subject: string;
  reason: string;
  error: string;
  attempts: number;
  dead_at: Date;
  requeued_at: Date | null;
  requeued_by: string | null;
  resolved_at: Date | null;
}

export interface DeadLetterDetail extends DeadLetterSummary {
  /** The message as it came. */
  raw: string;
  audit: { action: string; actor: string; at: Date }[];
}

const COLUMNS = 'event_id, consumer, subject, reason, error, attempts, dead_at, requeued_at, requeued_by, resolved_at';

/** The dead letters that are open (`all`: also those that were handled after all), oldest first. */
export function listDeadLetters(manager: EntityManager, all = false, limit = 1000): Promise<DeadLetterSummary[]> {
  return manager.query<DeadLetterSummary[]>(
    `SELECT ${COLUMNS} FROM dead_letter WHERE $1 OR resolved_at IS NULL ORDER BY dead_at, event_id LIMIT $2`,
    [all, limit],
  );
}

/** One dead letter with its message and history. */
export async function showDeadLetter(manager: EntityManager, eventId: string): Promise<DeadLetterDetail | undefined> {
  const [row] = await manager.query<(DeadLetterSummary & { raw: Buffer })[]>(
    `SELECT ${COLUMNS}, raw FROM dead_letter WHERE event_id = $1`,
    [eventId],
  );
  if (!row) return undefined;
  const audit = await manager.query<DeadLetterDetail['audit']>(
    `SELECT action, actor, at FROM dead_letter_audit WHERE event_id = $1 ORDER BY at, id`,
    [eventId],
  );
  return { ...row, raw: row.raw.toString('utf8'), audit };
}

/**
 * Has dead letters handled again, by this consumer alone and under the same event id: the row is marked, and the running service handles the kept
 * message. (Publishing it again would be dropped as a duplicate within the window, and would reach every other consumer after it.)
 * `eventIds` undefined means all open ones. Answers with how many were marked; leaves an audit entry for each.
 */
export function requeueDeadLetters(manager: EntityManager, by: string, eventIds?: string[]): Promise<number> {
  return manager.transaction(async (tx) => {
    const [rows] = await tx.query<[{ event_id: string; consumer: string }[], number]>(
      `UPDATE dead_letter SET requeued_at = now(), requeued_by = $1, begun_at = NULL
       WHERE resolved_at IS NULL AND requeued_at IS NULL AND ($2::uuid[] IS NULL OR event_id = ANY ($2::uuid[])) RETURNING event_id, consumer`,
      [by, eventIds ?? null],
    );
    // The inbox said "done with"; from here on the event counts as not handled.
    await tx.query(
      `DELETE FROM inbox i USING unnest($1::uuid[], $2::text[]) AS r (id, consumer) WHERE i.event_id = r.id AND i.consumer = r.consumer`,
      [rows.map((row) => row.event_id), rows.map((row) => row.consumer)],
    );
    for (const row of rows) await auditDeadLetter(tx, row.event_id, row.consumer, 'requeued', by);
    return rows.length;
  });
}

/** Reason of those that are no dead letters: they never arrived, and are on their way by this table. */
export const LOST = 'lost';

/** An event as its owner's outbox has it. */
export interface MissedEvent {
  id: string;
  subject: string;
  /** The message, as JSON. */
  envelope: string;
}

/**
 * Has a consumer handle events that never reached it, by the way of requeued dead letters: by this consumer alone, whatever the stream says. In the consumer's
 * database. What it has handled meanwhile, or holds as a dead letter, stays as it is.
 */
export async function handMissed(
  manager: EntityManager,
  consumer: string,
  events: readonly MissedEvent[],
  by: string,
): Promise<void> {
  await manager.query(
    `INSERT INTO dead_letter (event_id, consumer, subject, raw, reason, error, attempts, requeued_at, requeued_by)
     SELECT id, $1, subject, convert_to(envelope, 'UTF8'), '${LOST}', 'it never arrived', 0, now(), $5
     FROM unnest($2::uuid[], $3::text[], $4::text[]) AS e (id, subject, envelope)
     WHERE NOT EXISTS (SELECT 1 FROM inbox AS i WHERE i.event_id = e.id AND i.consumer = $1) ON CONFLICT DO NOTHING`,
    [
      consumer,
      events.map(({ id }) => id),
      events.map(({ subject }) => subject),
      events.map(({ envelope }) => envelope),
      by,
    ],
  );
}

/** Adds to the history of a dead letter. */
export async function auditDeadLetter(
  manager: EntityManager,
  eventId: string,
  consumer: string,
  action: string,
  actor: string,
): Promise<void> {
  await manager.query(
    `INSERT INTO dead_letter_audit (id, event_id, consumer, action, actor) VALUES ($1, $2, $3, $4, $5)`,
    [uuidv7(), eventId, consumer, action, actor],
  );
}
