import { useQuery } from '@tanstack/react-query';
import { api, data, type Schemas } from '../api/client.js';
import { language } from '../i18n/language.js';

export type Opportunity = Schemas['Opportunity'];
export type Suggestion = Schemas['SuggestionPage']['items'][number];

/** They come within seconds; for this long after the publication one is looking for them. */
const SOON_MS = 45_000;
const OFTEN_MS = 1_000;
const SELDOM_MS = 15_000;

/** One need or offer. */
export function useOpportunity(id: string | undefined) {
  return useQuery({
    queryKey: ['opportunity', id, language()],
    queryFn: ({ signal }) => data(api.GET('/v1/opportunities/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== undefined,
  });
}

/** All of a firm's needs and offers, newest first. */
export function useOpportunities(companyId: string) {
  return useQuery({
    queryKey: ['opportunities', companyId],
    queryFn: async ({ signal }) => {
      const all: Opportunity[] = [];
      for (let cursor: string | undefined; ; ) {
        const query = { limit: 100, ...(cursor && { cursor }) };
        const params = { path: { id: companyId }, query };
        const page = await data(api.GET('/v1/companies/{id}/opportunities', { params, signal }));
        all.push(...page.items);
        if (!page.nextCursor) return all;
        cursor = page.nextCursor;
      }
    },
  });
}

/** Who was suggested for a need or an offer. Asked again and again while it is fresh: they come by themselves. */
export function useSuggested({ id, state, publishedAt }: Opportunity, seek: 'experts' | 'partners') {
  return useQuery({
    queryKey: ['suggestions', 'opportunity', id, seek, language()],
    queryFn: ({ signal }) =>
      data(
        api.GET('/v1/opportunities/{id}/suggestions', {
          params: { path: { id }, query: { seek, limit: 50 } },
          signal,
        }),
      ),
    select: ({ items }) => items,
    refetchInterval: ({ state: { data: page } }) => {
      if (state !== 'published') return false;
      return isFresh(publishedAt) && !page?.items.length ? OFTEN_MS : SELDOM_MS;
    },
  });
}

/** Whether suggestions may still be on their way. */
export function isFresh(publishedAt: string | null, now = Date.now()): boolean {
  return publishedAt !== null && now - new Date(publishedAt).getTime() < SOON_MS;
}
