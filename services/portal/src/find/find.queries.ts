import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { api, data, type Schemas } from '../api/client.js';
import { language } from '../i18n/language.js';
import { useSession } from '../session/session.js';
import { corrected, type MatchRequest, PLACE_FILTERS, requestOf, type Search, type Seek, without } from './search.js';

type MatchAnswer = Schemas['MatchAnswer'];
export type Found = MatchAnswer['items'][number];
export type Opportunity = Schemas['Opportunity'];

function matches(request: MatchRequest | undefined) {
  return {
    // The words of an answer are in the reader's language.
    queryKey: ['matches', language(), request ?? null] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      data(api.POST('/v1/matches', { body: request as MatchRequest, signal })),
    enabled: request !== undefined,
    staleTime: 60_000,
  };
}

/** Who would be found without the filters of a facet: what can be chosen there, and how many. */
export type Facets = Record<'places' | 'languages' | 'sectors', readonly Found[]>;

export interface Finding {
  /** What was asked in the end; undefined while there is nothing to ask. */
  request: MatchRequest | undefined;
  answer: UseQueryResult<MatchAnswer>;
  /** What the need was taken to mean, after the corrections. */
  understood: Schemas['Understood'] | undefined;
  /** All that was understood has been taken out: nothing is left to ask for. */
  emptied: boolean;
  facets: Facets;
  /** The answer is that to the question before. */
  former: boolean;
}

/** Asks for a search: at first what it means, where that was corrected by hand, and then who fits. */
export function useFinding(search: Search): Finding {
  const { actor } = useSession();
  const asked = requestOf(search, actor);
  const byHand = search.add.length + search.not.length > 0;
  const plain = asked && withoutFilters(asked);
  const meant = useQuery({ ...matches(byHand ? plain : undefined), placeholderData: keepPreviousData });
  const recognised = byHand ? meant.data?.understood : undefined;
  const left =
    recognised &&
    corrected(
      recognised.competences.map(({ id }) => id),
      search,
    );
  const emptied = recognised !== undefined && recognised.competences.length > 0 && left?.length === 0;
  const request = byHand ? correctedRequest(asked, left, emptied) : asked;
  const answer = useQuery({
    ...matches(request),
    placeholderData: (before: MatchAnswer | undefined, query) =>
      query?.queryKey[2]?.seek === search.seek ? before : undefined,
  });
  const facets = {
    places: useFound(request && without(request, PLACE_FILTERS)),
    languages: useFound(request && without(request, ['languages'])),
    sectors: useFound(request && without(request, ['sectors'])),
  };
  const nobody: Facets = { places: [], languages: [], sectors: [] };
  const failed = byHand && meant.error ? (meant as UseQueryResult<MatchAnswer>) : answer;
  const understood = emptied ? { ...recognised, competences: [] } : request && answer.data?.understood;
  return {
    request,
    answer: failed,
    understood,
    emptied,
    facets: emptied ? nobody : facets,
    former: answer.isPlaceholderData,
  };
}

/** Where words of which nothing is recognised are corrected, the words themselves still count. */
function correctedRequest(asked: MatchRequest | undefined, left: string[] | undefined, emptied: boolean) {
  if (!asked || !left || emptied) return undefined;
  return left.length > 0 ? { ...asked, competences: left } : asked;
}

/** Asked together with the answer itself while no filter of the facet is set: then it is the same question. */
function useFound(request: MatchRequest | undefined): readonly Found[] {
  const { data: found } = useQuery({ ...matches(request), placeholderData: keepPreviousData });
  return found?.items ?? [];
}

/** What a text means does not depend on where one looks; one is enough to learn it. */
function withoutFilters({ filters: _, prefer: __, ...rest }: MatchRequest): MatchRequest {
  return { ...rest, limit: 1 };
}

/** The own firm's published needs and offers. */
export function useOwnNeeds(companyId: string | undefined) {
  return useQuery({
    queryKey: ['opportunities', companyId, 'published', 'all'],
    queryFn: ({ signal }) =>
      data(
        api.GET('/v1/companies/{id}/opportunities', {
          params: { path: { id: companyId ?? '' }, query: { state: 'published', limit: 100 } },
          signal,
        }),
      ),
    select: (page) => page.items as Opportunity[],
    enabled: companyId !== undefined,
  });
}

/** Which of those found were suggested for a stored need, by the id of who it is: these can be asked at once. */
export function useSuggestedFor(need: string | undefined, seek: Seek) {
  return useQuery({
    queryKey: ['suggestions', 'opportunity', need, seek],
    queryFn: ({ signal }) =>
      data(
        api.GET('/v1/opportunities/{id}/suggestions', {
          params: {
            path: { id: need ?? '' },
            query: { seek: seek === 'partners' ? 'partners' : 'experts', limit: 100 },
          },
          signal,
        }),
      ),
    select: ({ items }) => new Map(items.map(({ id, subject }) => [subject.id, id])),
    enabled: need !== undefined && seek !== 'opportunities',
  });
}
