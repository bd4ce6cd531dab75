import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, data } from '../api/client.js';
import { language } from '../i18n/language.js';

const PAUSE_MS = 200;

/** The competences that what is typed may mean, in the reader's language: beginnings, and also what is spelled a little wrong. */
export function useCompetences(typed: string) {
  const lang = language();
  const [q] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const query = useQuery({
    queryKey: ['competences', lang, q],
    queryFn: ({ signal }) => data(api.GET('/v1/competences', { params: { query: { q, lang, limit: 8 } }, signal })),
    enabled: q !== '',
    staleTime: 5 * 60_000,
    // The list must not flicker between two letters.
    placeholderData: keepPreviousData,
  });
  const current = typed.trim() !== '' && q !== '';
  return {
    competences: current ? (query.data?.items ?? []) : [],
    /** Whether the answer is to what stands in the box. */
    settled: current && q === typed.trim() && query.isSuccess && !query.isPlaceholderData,
  };
}
