import type { Lang, Obstacle, ObstacleCode } from '#libs/contracts';
import type { Candidate } from './candidate.js';
import { OBSTACLE_TEXTS } from './explain.texts.js';
import { type Exclusion, exclusions, type Filters } from './filters.js';
import { unfit } from './question.js';
import type { Standing } from './ranker.service.js';
import { valueIn } from './reasons.js';

/** What is known of a subject and of the question when somebody asks why. */
export interface Circumstances {
  candidate: Candidate;
  /** May be found by others. */
  listed: boolean;
  /** Its copy is here. */
  indexed: boolean;
  /** The firm or subject that asks. */
  own: string | null;
  filters: Filters | undefined;
  limit: number;
  now: Date;
}

type Found = Omit<Obstacle, 'text'>;

const FILTERS: Record<Exclusion['filter'], ObstacleCode> = {
  country: 'filter-country',
  territories: 'filter-territories',
  languages: 'filter-languages',
  sectors: 'filter-sectors',
  competences: 'filter-competences',
  availableOnly: 'filter-available',
};

/** All that keeps a subject out of an answer, or below what it shows: what it is first, then the filters, then how well it fits. */
export function obstaclesOf(standing: Standing, circumstances: Circumstances): Found[] {
  const { candidate, listed, indexed, own, filters, now } = circumstances;
  const found: Found[] = [];
  if (!listed) found.push({ code: 'not-listed', params: {} });
  else if (!indexed) found.push({ code: 'not-indexed', params: {} });
  const reason = unfit(candidate, own, now);
  if (reason) found.push({ code: reason, params: unfitParams(candidate, reason) });
  for (const { filter, has, asked } of exclusions(candidate, filters, now.toISOString().slice(0, 10), standing.load))
    found.push({ code: FILTERS[filter], params: asked.length > 0 ? { has, asked } : {} });
  if (found.length === 0 && !standing.found)
    found.push({ code: 'not-among-candidates', params: { candidates: standing.candidates } });
  return [...found, ...belowOthers(standing, circumstances.limit)];
}

function belowOthers({ rank, scored, best, lastScore, weights }: Standing, limit: number): Found[] {
  const { relevance, score, firm } = scored;
  const shown = rounded(relevance);
  if (relevance < weights.floor) return [{ code: 'below-floor', params: { relevance: shown, least: weights.floor } }];
  const least = rounded(weights.tail * best);
  if (!firm && relevance < weights.tail * best)
    return [{ code: 'below-tail', params: { relevance: shown, least, best: rounded(best) } }];
  if (rank === null || rank <= limit || lastScore === null) return [];
  return [{ code: 'outranked', params: { rank, limit, score, lastScore, by: rounded(lastScore - score) } }];
}

function unfitParams({ opportunity }: Candidate, reason: NonNullable<ReturnType<typeof unfit>>): Found['params'] {
  if (reason === 'not-a-need') return { type: opportunity?.type };
  return reason === 'expired' ? { expiresAt: opportunity?.expiresAt } : {};
}

const KINDS: Partial<Record<ObstacleCode, string>> = {
  'filter-country': 'country',
  'filter-territories': 'territory',
  'filter-languages': 'language',
  'filter-sectors': 'sector',
  'filter-competences': 'competence',
};

/** The obstacles in the reader's language. */
export function obstaclesIn(lang: Lang, found: readonly Found[]): Obstacle[] {
  const figures = new Intl.NumberFormat(lang, { maximumFractionDigits: 3 });
  return found.map(({ code, params }) => {
    const shown = (value: unknown): string => {
      if (Array.isArray(value)) return value.map(shown).join(', ') || '–';
      if (typeof value === 'number') return figures.format(value);
      if (code === 'filter-sectors') return `${value} ${valueIn(lang, 'sector', value)}`;
      return KINDS[code] ? valueIn(lang, KINDS[code], value) : String(value ?? '');
    };
    const text = OBSTACLE_TEXTS[code][lang].replace(/\{(\w+)\}/g, (_, name: string) =>
      name === 'expiresAt' ? String(params[name]).slice(0, 10) : shown(params[name]),
    );
    return { code, params, text };
  });
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
