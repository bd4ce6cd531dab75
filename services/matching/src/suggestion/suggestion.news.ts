import type { SuggestionEntity } from './suggestion.entity.js';

/** What every event says of a suggestion. Whose an anonymous opportunity is stays out of the streams. */
export function newsOf(
  row: Pick<
    SuggestionEntity,
    'id' | 'opportunityId' | 'companyId' | 'anonymous' | 'subjectType' | 'subjectId' | 'revision'
  >,
) {
  const { id: suggestionId, opportunityId, companyId, anonymous, subjectType, subjectId, revision } = row;
  return { suggestionId, opportunityId, ...(anonymous ? {} : { companyId }), subjectType, subjectId, revision };
}
