import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CandidateStore } from '../match/candidate.store.js';
import { MatchService } from '../match/match.service.js';
import { WEIGHTS } from '../match/ranking.weights.js';
import { MatchJobs } from './match-jobs.service.js';

/** Up to here each subject is searched for on its own; above it is an import, and shared competences must do. */
const FEW = 10;
const NEEDS_EACH = 20;
/** Seen from the other side a score comes out a little different: ask again rather than miss one. */
const NEARLY = 0.7;

/** Finds the open opportunities for which a new or changed subject may count, and has them matched again. */
@Injectable()
export class Rematcher {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: MatchJobs,
    private readonly matches: MatchService,
    private readonly store: CandidateStore,
  ) {}

  /** Subjects that have just become searchable as they are now. */
  async changed(type: 'expert' | 'company', ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const found = new Set(await this.notYetIndexed());
    const needs =
      ids.length <= FEW ? await this.searched(type, ids) : await needsSharing(this.dataSource.manager, type, ids);
    for (const id of needs) found.add(id);
    await this.jobs.add(this.dataSource.manager, [...found], 'subject');
  }

  // A search cannot find them yet, and their own matching may have run before this subject was there.
  private async notYetIndexed(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM subject WHERE type = 'opportunity' AND dirty_at IS NOT NULL AND NOT gone LIMIT 1000`,
    );
    return rows.map((row) => row.id);
  }

  private async searched(type: 'expert' | 'company', ids: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    const least = WEIGHTS.suggestion[type === 'expert' ? 'experts' : 'partners'];
    for (const id of ids) {
      const subject = await this.store.one(type, id);
      if (!subject) continue;
      const { ranking } = await this.matches.forSubject(subject, NEEDS_EACH, new Date());
      if (ranking.degraded) throw new Error('Meilisearch cannot be asked');
      for (const { candidate, scored } of ranking.items) if (scored.score >= NEARLY * least) found.push(candidate.id);
    }
    return found;
  }
}

/** Open opportunities that share a competence with these subjects, or have none of their own: the newest first. */
export async function needsSharing(
  manager: EntityManager,
  type: 'expert' | 'company',
  ids: readonly string[],
  limit: number | null = null,
): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT id FROM subject WHERE type = 'opportunity' AND open AND (concepts = '{}' OR concepts &&
       (SELECT coalesce(array_agg(DISTINCT c), '{}') FROM subject AS s, unnest(s.concepts) AS c WHERE s.type = $1 AND s.id = ANY($2::uuid[])))
     ORDER BY id DESC LIMIT $3`,
    [type, ids, limit],
  );
  return rows.map((row) => row.id);
}
