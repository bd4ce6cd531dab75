import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

export interface MatchJob {
  opportunityId: string;
  version: number;
  attempts: number;
}

/** How long news of a subject settles, so that a burst of changes is one job. */
const SETTLE_MS = 2000;
/** News that keeps coming must not put a job off for ever. */
const SETTLE_MAX_MS = 10_000;
/** While so many rows wait for the index, an import is running and jobs for its subjects would only be done again. */
const BACKLOG = 500;
const BACKLOG_PATIENCE_S = 60;
const RETRY_MAX_MS = 60_000;

/** Opportunities that are to be matched (again), one row each however many reasons there are. */
@Injectable()
export class MatchJobs {
  private readonly listeners: (() => void)[] = [];

  /** Calls back soon after jobs were added in this process; their transaction may still be open. */
  onAdded(listener: () => void): void {
    this.listeners.push(listener);
  }

  async add(manager: EntityManager, opportunityIds: readonly string[], cause: 'published' | 'subject'): Promise<void> {
    if (opportunityIds.length === 0) return;
    await manager.query(
      `INSERT INTO match_job AS j (opportunity_id, cause, due_at)
       SELECT id, $2, now() + CASE WHEN $2 = 'subject' THEN $3 * interval '1 ms' ELSE interval '0' END FROM unnest($1::uuid[]) AS n (id) ORDER BY id
       ON CONFLICT (opportunity_id) DO UPDATE SET version = j.version + 1, attempts = 0,
         cause = CASE WHEN 'published' IN (j.cause, EXCLUDED.cause) THEN 'published' ELSE 'subject' END,
         due_at = CASE WHEN EXCLUDED.cause = 'published' THEN now() WHEN j.cause = 'published' THEN j.due_at
           ELSE least(EXCLUDED.due_at, j.asked_at + $4 * interval '1 ms') END`,
      [[...opportunityIds], cause, SETTLE_MS, SETTLE_MAX_MS],
    );
    for (const listener of this.listeners) setTimeout(listener, 10).unref();
  }

  async drop(manager: EntityManager, opportunityIds: readonly string[]): Promise<void> {
    if (opportunityIds.length > 0)
      await manager.query('DELETE FROM match_job WHERE opportunity_id = ANY($1::uuid[])', [opportunityIds]);
  }

  /** Jobs that are due, those of newly published opportunities first. */
  async due(manager: EntityManager, limit: number): Promise<MatchJob[]> {
    return manager.query(
      `SELECT opportunity_id AS "opportunityId", version, attempts FROM match_job
       WHERE due_at <= now() AND (cause = 'published' OR asked_at < now() - $2 * interval '1 s'
         OR (SELECT count(*) FROM (SELECT 1 FROM subject WHERE dirty_at IS NOT NULL LIMIT $3 + 1) AS waiting) <= $3)
       ORDER BY cause, due_at LIMIT $1`,
      [limit, BACKLOG_PATIENCE_S, BACKLOG],
    );
  }

  /** Done, unless it was asked for again meanwhile. */
  async finish(manager: EntityManager, job: MatchJob): Promise<void> {
    await manager.query('DELETE FROM match_job WHERE opportunity_id = $1 AND version = $2', [
      job.opportunityId,
      job.version,
    ]);
  }

  async retryLater(manager: EntityManager, job: MatchJob): Promise<void> {
    const wait = Math.min(250 * 2 ** job.attempts, RETRY_MAX_MS);
    await manager.query(
      `UPDATE match_job SET attempts = attempts + 1, due_at = now() + $3 * interval '1 ms' WHERE opportunity_id = $1 AND version = $2`,
      [job.opportunityId, job.version, wait],
    );
  }
}
