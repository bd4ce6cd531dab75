import type { Lang, Suggestion } from '#libs/contracts';
import { labelled, type ReferenceLabel, reasonsIn } from '../match/reasons.js';
import type { SuggestionEntity } from './suggestion.entity.js';

/** For the owner of the opportunity: the subject is the expert or partner firm. */
export function shownAsSubject(row: SuggestionEntity, lang: Lang, labelOf: ReferenceLabel): Suggestion {
  return shown(row, lang, labelOf, { type: row.subjectType, id: row.subjectId, ...row.places.subject });
}

/** For the expert or partner firm: the subject is the opportunity. */
export function shownAsOpportunity(row: SuggestionEntity, lang: Lang, labelOf: ReferenceLabel): Suggestion {
  return shown(row, lang, labelOf, { type: 'opportunity', id: row.opportunityId, ...row.places.opportunity });
}

function shown(row: SuggestionEntity, lang: Lang, labelOf: ReferenceLabel, subject: Suggestion['subject']): Suggestion {
  const { id, revision, state, opportunityId, companyId, rank, score, parts, weightsVersion } = row;
  return {
    id,
    revision,
    state,
    opportunityId,
    companyId,
    rank,
    score,
    parts,
    weightsVersion,
    subject,
    reasons: reasonsIn(lang, row.contributions, labelOf),
    missing: labelled(lang, row.missing),
    createdAt: row.createdAt.toISOString(),
  };
}
