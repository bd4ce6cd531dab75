import { useQuery } from '@tanstack/react-query';
import { api, data, type Schemas } from '../api/client.js';
import { ProblemError } from '../api/problem.js';
import { language } from '../i18n/language.js';

export type Suggestion = Schemas['NamedSuggestion'];
export type Interest = Schemas['Interest'];

const PAGE = 100;

/** How a suggestion is named among what was read, in the reader's language. */
export const suggestionKey = (id: string) => ['suggestions', 'one', id, language()] as const;
/** How an interest is. */
export const interestKey = (id: string) => ['interests', 'one', id] as const;

/** One suggestion as the reader sees it; null where they have none of that id, or not any more. */
export function useSuggestion(id: string | undefined) {
  return useQuery({
    queryKey: suggestionKey(id ?? ''),
    queryFn: ({ signal }): Promise<Suggestion | null> =>
      data(api.GET('/v1/suggestions/{id}', { params: { path: { id: id ?? '' } }, signal })).catch(
        (problem: unknown) => {
          if (problem instanceof ProblemError && problem.code === 'not-found') return null;
          throw problem;
        },
      ),
    enabled: id !== undefined,
  });
}

/** One expression of interest. */
export function useInterest(id: string | undefined) {
  return useQuery({
    queryKey: interestKey(id ?? ''),
    queryFn: ({ signal }) => data(api.GET('/v1/interests/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
    // The other side may answer while one looks.
    refetchInterval: 20_000,
  });
}

/** The id of what was asked by way of a suggestion, if anything; null while nobody has asked. */
export function useAskedBy(suggestion: Suggestion) {
  const { id, opportunityId } = suggestion;
  return useQuery({
    queryKey: ['interests', 'about', opportunityId],
    queryFn: ({ signal }) =>
      data(api.GET('/v1/interests', { params: { query: { opportunityId, limit: PAGE } }, signal })),
    select: ({ items }) => items.find(({ suggestionId }) => suggestionId === id)?.id ?? null,
  });
}

/** The profile of an expert. */
export function useExpert(id: string | undefined) {
  return useQuery({
    queryKey: ['expert', id, language()],
    queryFn: ({ signal }) => data(api.GET('/v1/experts/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
  });
}

/** The profile of a firm. */
export function useCompany(id: string | undefined) {
  return useQuery({
    queryKey: ['company', id, language()],
    queryFn: ({ signal }) => data(api.GET('/v1/companies/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
  });
}
