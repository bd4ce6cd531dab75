import { naceOf, regionOf } from '#libs/competences';
import type { Lang, Suggestion } from '#libs/contracts';
import { labelled, type ReferenceLabel, reasonsIn } from '../match/reasons.js';
import type { Contribution } from '../match/score.js';
import type { SuggestionEntity } from './suggestion.entity.js';

/** Who reads: in which language, and of which firms they may know that an unnamed opportunity is theirs. */
export interface Reader {
  lang: Lang;
  firms: ReadonlySet<string>;
}

/** For the owner of the opportunity: the subject is the expert or partner firm. */
export function shownAsSubject(row: SuggestionEntity, reader: Reader, labelOf: ReferenceLabel): Suggestion {
  return shown(row, reader, labelOf, { type: row.subjectType, id: row.subjectId, ...row.places.subject });
}

/** For the expert or partner firm: the subject is the opportunity. */
export function shownAsOpportunity(row: SuggestionEntity, reader: Reader, labelOf: ReferenceLabel): Suggestion {
  return shown(row, reader, labelOf, { type: 'opportunity', id: row.opportunityId, ...row.places.opportunity });
}

function shown(
  row: SuggestionEntity,
  { lang, firms }: Reader,
  labelOf: ReferenceLabel,
  subject: Suggestion['subject'],
): Suggestion {
  const { id, revision, state, opportunityId, companyId, anonymous, rank, score, parts, weightsVersion } = row;
  const hidden = anonymous && !firms.has(companyId);
  return {
    ...{ id, revision, state, opportunityId, anonymous, rank, score, parts, weightsVersion, subject },
    companyId: hidden ? null : companyId,
    reasons: reasonsIn(lang, hidden ? row.contributions.map(coarse) : row.contributions, labelOf),
    missing: labelled(lang, row.missing),
    createdAt: row.createdAt.toISOString(),
  };
}

/** A reason without what would tell where its need comes from, should it have been made while the need still had a name. */
function coarse({ params, ...one }: Contribution): Contribution {
  const { territory, sector } = params;
  return {
    ...one,
    params: {
      ...params,
      ...(one.code === 'territory-served' && typeof territory === 'string' ? { territory: regionOf(territory) } : {}),
      ...(typeof sector === 'string'
        ? { sector: naceOf({ scheme: 'NACE2.1', code: sector })?.division ?? sector.slice(0, 2) }
        : {}),
    },
  };
}
