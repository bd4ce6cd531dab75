import { useQuery } from '@tanstack/react-query';
import { api, data, type Schemas } from '../api/client.js';
import { verdict } from '../parts/score.js';

type Interest = Schemas['Interest'];

/** Questions that wait for an answer, the most pressing first. */
export function useOpenInterests(side: 'asker' | 'asked') {
  return useQuery({
    queryKey: ['interests', 'open', side],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        (['submitted', 'under-assessment'] as const).map((state) =>
          data(api.GET('/v1/interests', { params: { query: { side, state, limit: 50 } }, signal })),
        ),
      );
      return pages
        .flatMap(({ items }) => items)
        .sort((one, other) => one.dueAt.localeCompare(other.dueAt)) as Interest[];
    },
  });
}

/** What a firm or an expert was suggested, and who was suggested to it, best first. */
export function useSuggestions(kind: 'firm' | 'expert', id: string) {
  return useQuery({
    queryKey: ['suggestions', kind, id],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { limit: 50 } };
      const { items } = await data(
        kind === 'firm'
          ? api.GET('/v1/companies/{id}/suggestions', { params, signal })
          : api.GET('/v1/experts/{id}/suggestions', { params, signal }),
      );
      return items.filter(({ state }) => state === 'open').sort((one, other) => other.score - one.score);
    },
  });
}

const SHOWN = 3;

/** The first few, without those that hardly fit where others do, and without those that are asked about already. */
export function best<T extends { id: string; score: number }>(found: readonly T[], asked: readonly Interest[] = []) {
  const known = new Set(asked.map(({ suggestionId }) => suggestionId));
  const fresh = found.filter(({ id }) => !known.has(id));
  const fitting = fresh.filter(({ score }) => verdict(score) !== 'faint');
  return (fitting.length > 0 ? fitting : fresh).slice(0, SHOWN);
}
