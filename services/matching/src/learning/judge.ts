import type { EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import type { DeclineReason } from '#libs/contracts';
import { labelOf, type Verdict } from './labels.js';

export interface Judgement {
  suggestionId: string;
  verdict: Verdict;
  reason?: DeclineReason | null | undefined;
  at: Date;
}

/** A no can be taken back by a later yes, and an agreement proves the fit whatever was said before or is said after. */
const FORCE: Record<Verdict, number> = { agreed: 3, accepted: 2, declined: 1, dismissed: 1 };

/**
 * Keeps how somebody answered a suggestion, in the caller's transaction: one row a pairing, that of the weightiest verdict, of the latest among equals. The same answers
 * in any order and number leave the same row. Without effect for a suggestion that is not known.
 */
export async function judge(manager: EntityManager, { suggestionId, verdict, reason, at }: Judgement): Promise<void> {
  const coded = verdict === 'declined' || verdict === 'dismissed' ? (reason ?? null) : null;
  await manager.query(
    `INSERT INTO judged_pair AS j (id, suggestion_id, opportunity_id, subject_type, subject_id, label, verdict, reason, features, weights_version, judged_at)
     SELECT $1, id, opportunity_id, subject_type, subject_id, $3, $4, $5, features, weights_version, $6 FROM suggestion WHERE id = $2
     ON CONFLICT (opportunity_id, subject_type, subject_id) DO UPDATE SET suggestion_id = EXCLUDED.suggestion_id, label = EXCLUDED.label,
       verdict = EXCLUDED.verdict, reason = EXCLUDED.reason, features = EXCLUDED.features, weights_version = EXCLUDED.weights_version, judged_at = EXCLUDED.judged_at
     WHERE (($7::jsonb ->> EXCLUDED.verdict)::int, EXCLUDED.judged_at) > (($7::jsonb ->> j.verdict)::int, j.judged_at)`,
    [uuid(), suggestionId, labelOf(verdict, coded), verdict, coded, at, JSON.stringify(FORCE)],
  );
}

/** A pairing that people made themselves, without a suggestion: nothing is learned from it, but a no holds for the matching too. */
export interface UnsuggestedJudgement extends Omit<Judgement, 'suggestionId'> {
  opportunityId: string;
  subjectType: 'expert' | 'company';
  subjectId: string;
}

/** As `judge`, where nothing was suggested. */
export async function judgeUnsuggested(manager: EntityManager, judgement: UnsuggestedJudgement): Promise<void> {
  const { opportunityId, subjectType, subjectId, verdict, reason, at } = judgement;
  await manager.query(
    `INSERT INTO judged_pair AS j (id, opportunity_id, subject_type, subject_id, label, verdict, reason, weights_version, judged_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, 'none', $8)
     ON CONFLICT (opportunity_id, subject_type, subject_id) DO UPDATE SET label = EXCLUDED.label, verdict = EXCLUDED.verdict, reason = EXCLUDED.reason,
       judged_at = EXCLUDED.judged_at
     WHERE (($9::jsonb ->> EXCLUDED.verdict)::int, EXCLUDED.judged_at) > (($9::jsonb ->> j.verdict)::int, j.judged_at)`,
    [
      uuid(),
      opportunityId,
      subjectType,
      subjectId,
      labelOf(verdict, reason ?? null),
      verdict,
      reason ?? null,
      at,
      JSON.stringify(FORCE),
    ],
  );
}

/** Forgets the answers of and about those who are erased: what was learned from many stays, who answered what does not. */
export async function forgetErased(
  manager: EntityManager,
  type: 'expert' | 'company' | 'opportunity',
  ids: Iterable<string>,
): Promise<void> {
  const pairs = type === 'opportunity' ? 'opportunity_id = s.id' : 'subject_type = s.type AND subject_id = s.id';
  await manager.query(
    `DELETE FROM judged_pair USING subject AS s WHERE ${pairs} AND s.type = $1 AND s.id = ANY($2::uuid[]) AND s.gone`,
    [type, [...ids]],
  );
}
