import { useQuery } from '@tanstack/react-query';
import { api, data, type Schemas } from '../api/client.js';
import { language } from '../i18n/language.js';
import { useSession } from '../session/session.js';

export type Suggestion = Schemas['SuggestionPage']['items'][number];
export type Interest = Schemas['Interest'];
type Page = Schemas['SuggestionPage'];

const PAGE = 100;

/** How a suggestion is named among what was read, in the reader's language. */
export const suggestionKey = (id: string) => ['suggestions', 'one', id, language()] as const;
/** How an interest is. */
export const interestKey = (id: string) => ['interests', 'one', id] as const;

/**
 * One suggestion as the reader sees it; null where they have none of that id, or not any more. The platform lists suggestions, and gives none alone: it is looked
 * for among the reader's own, or among those of the opportunity `of`, which those who accompany it may read.
 */
export function useSuggestion(id: string | undefined, of?: string) {
  const { actor } = useSession();
  return useQuery({
    queryKey: suggestionKey(id ?? ''),
    queryFn: ({ signal }) => found(id ?? '', listsFor(actor, of, signal)),
    enabled: id !== undefined,
  });
}

type List = (cursor: string | undefined) => Promise<Page>;

function listsFor(actor: { kind: string; id?: string }, of: string | undefined, signal: AbortSignal): List[] {
  const next = (cursor: string | undefined) => ({ limit: PAGE, ...(cursor && { cursor }) });
  const path = { id: of ?? actor.id ?? '' };
  if (of)
    return (['experts', 'partners'] as const).map((seek) => (cursor) => {
      const params = { path, query: { seek, ...next(cursor) } };
      return data(api.GET('/v1/opportunities/{id}/suggestions', { params, signal }));
    });
  if (actor.kind === 'firm')
    return [
      (cursor) => data(api.GET('/v1/companies/{id}/suggestions', { params: { path, query: next(cursor) }, signal })),
    ];
  if (actor.kind === 'expert')
    return [
      (cursor) => data(api.GET('/v1/experts/{id}/suggestions', { params: { path, query: next(cursor) }, signal })),
    ];
  return [];
}

async function found(id: string, lists: readonly List[]): Promise<Suggestion | null> {
  for (const list of lists)
    for (let cursor: string | undefined; ; ) {
      const page = await list(cursor);
      const one = page.items.find((item) => item.id === id);
      if (one) return one;
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
  return null;
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
