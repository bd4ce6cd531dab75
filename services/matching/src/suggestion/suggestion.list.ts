import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import { Problem } from '#libs/contracts';
import { SuggestionEntity } from './suggestion.entity.js';

/** Whose suggestions are listed. */
export type Wanted =
  | { by: 'opportunity'; id: string; subjectType: 'expert' | 'company' }
  | { by: 'company'; id: string }
  | { by: 'expert'; id: string };

const cursorSchema = z.tuple([z.int(), z.number(), z.uuid()]);

/** A page of suggestions that stand or were dismissed; open ones first, the best first. Withdrawn ones are not shown. */
export async function listedSuggestions(
  manager: EntityManager,
  wanted: Wanted,
  cursor: string | undefined,
  limit: number,
): Promise<{ rows: SuggestionEntity[]; nextCursor: string | null }> {
  const query = manager.createQueryBuilder(SuggestionEntity, 's').where(`s.state <> 'withdrawn'`);
  narrow(query, wanted);
  const dismissed = `(s.state = 'dismissed')::int`;
  if (cursor) {
    const [state, score, id] = read(cursor);
    query.andWhere(`(${dismissed}, -s.score, s.id) > (:state, :score::float8, :id::uuid)`, {
      state,
      score: -score,
      id,
    });
  }
  const rows = await query
    .addSelect(dismissed, 'set_aside')
    .orderBy('set_aside', 'ASC')
    .addOrderBy('s.score', 'DESC')
    .addOrderBy('s.id', 'ASC')
    .limit(limit + 1)
    .getMany();
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next = rows.length > limit && last ? [Number(last.state === 'dismissed'), last.score, last.id] : null;
  return { rows: page, nextCursor: next && Buffer.from(JSON.stringify(next)).toString('base64url') };
}

function narrow(query: SelectQueryBuilder<SuggestionEntity>, wanted: Wanted): void {
  if (wanted.by === 'opportunity') {
    query.andWhere('s.opportunity_id = :id AND s.subject_type = :type', { id: wanted.id, type: wanted.subjectType });
  } else if (wanted.by === 'company') {
    query.andWhere(`(s.company_id = :owner OR (s.subject_type = 'company' AND s.subject_id = :owner))`, {
      owner: wanted.id,
    });
  } else query.andWhere(`s.subject_type = 'expert' AND s.subject_id = :subject`, { subject: wanted.id });
}

function read(cursor: string): [number, number, string] {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new Problem('invalid-query', 'The cursor is not one of this list', [
      { pointer: '?cursor', detail: 'must be a nextCursor of this list' },
    ]);
  }
}
