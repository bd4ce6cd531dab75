import { fold, stem, Taxonomy } from '#libs/competences';
import { LANGUAGES, type Lang, type MatchRequest } from '#libs/contracts';
import type { Frequencies } from '../frequency/frequencies.js';
import { beginnings, conceptToken } from '../index/document.js';
import type { Found, TermQuery } from '../index/search-engine.js';
import { filteredCompetences } from './filters.js';
import type { Need } from './need.js';
import type { Scale } from './score.js';

/** One query of the search, what it stands for, and how much a hit counts among candidates. */
export interface Asked {
  kind: 'concept' | 'word' | 'alike' | 'together' | 'profile';
  weight: number;
  query: TermQuery;
}

const CONCEPTS = 7;
const PAIRED = 3;
const WORDS = 18;
/** Words of each other language that has evidence. */
const FOREIGN = 4;
/** Words written like one of the need's, of which so many are looked at. */
const ALIKE = 8;
const LOOKED_AT = 5;
const TOGETHER = 6;
const PROFILE = 8;
const HITS = 60;
const PLAIN = 16;

const FIELDS = {
  offers: { concepts: ['concepts', 'broader'], own: ['concepts'], stems: ['stems'] },
  seeks: { concepts: ['seeks'], own: ['seeks'], stems: ['seekStems'] },
};

/**
 * The need as single words and competences, each a query of its own in one request: a sentence would be read to its tenth word and ranked without regard to
 * how rare a word is.
 */
export function termQueries(need: Need, filter: readonly string[], scale: Scale, frequencies: Frequencies): Asked[] {
  const fields = FIELDS[need.side];
  const base = {
    filter: [...filter],
    attributesToRetrieve: ['id', 'revision'],
    locales: ['ita' as const],
    limit: HITS,
  };
  const asked: Asked[] = [];
  const ask = (kind: Asked['kind'], weight: number, q: string, on: string[], extra: Partial<TermQuery> = {}) => {
    if (weight > 0) asked.push({ kind, weight, query: { ...base, q, attributesToSearchOn: on, ...extra } });
  };
  const concepts = need.concepts.slice(0, CONCEPTS).map(({ id, weight }) => ({
    token: quoted(conceptToken(id)),
    weight: weight * scale.rarity(id),
    parent: Taxonomy.own().get(id)?.broader,
  }));
  for (const { token, weight } of concepts) ask('concept', weight, token, fields.concepts);
  const top = concepts.slice(0, PAIRED);
  top.forEach((first, at) => {
    for (const second of top.slice(at + 1))
      ask('together', (first.weight + second.weight) / 2, `${first.token} ${second.token}`, fields.own);
  });
  for (const { parent, weight } of top.slice(0, 2))
    if (parent) ask('concept', 0.3 * weight, quoted(conceptToken(parent)), fields.own);
  for (const lang of LANGUAGES) {
    const words = wordsIn(need, lang, scale, frequencies);
    for (const [word, weight] of words) ask('word', weight, quoted(word), fields.stems);
    const several = words.slice(0, TOGETHER).map(([word]) => word);
    const mean = words.slice(0, TOGETHER).reduce((sum, [, weight]) => sum + weight, 0) / TOGETHER;
    if (several.length > 1) ask('together', mean, several.join(' '), fields.stems, { matchingStrategy: 'frequency' });
  }
  for (const [word, weight] of alike(need, scale, frequencies)) ask('alike', weight, quoted(word), fields.stems);
  const profile = [...(need.profile ?? [])].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, PROFILE);
  for (const [id, weight] of profile)
    ask('profile', weight * scale.weights.related, quoted(conceptToken(id)), ['profile']);
  return asked;
}

/** The stems of a language that say most of the need, among those that evidence has, with their worth. */
function wordsIn(need: Need, lang: Lang, scale: Scale, frequencies: Frequencies): [stem: string, weight: number][] {
  if (frequencies.pieces(lang) === 0) return [];
  const alone = LANGUAGES.every((one) => one === lang || frequencies.pieces(one) === 0);
  return [...scale.phrasings(need, lang).stems]
    .filter(([stem]) => frequencies.holdersOf(lang, stem) > 0)
    .map(([stem, { weight }]): [string, number] => [stem, weight * Math.sqrt(frequencies.word(lang, stem))])
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, lang === need.lang || alone ? WORDS : FOREIGN);
}

/** Words of the evidence that are written like the need's weightiest: compounds, other endings, slips of the pen. */
function alike(need: Need, scale: Scale, frequencies: Frequencies): [stem: string, weight: number][] {
  const own = scale.phrasings(need, need.lang);
  const sought = need.terms
    .map((term, at) => ({ term, weight: own.ofTerm[at]! * Math.sqrt(frequencies.word(need.lang, term.stem)) }))
    .sort((a, b) => b.weight - a.weight || (a.term.stem < b.term.stem ? -1 : 1))
    .slice(0, LOOKED_AT);
  const found = new Map<string, number>();
  for (const lang of LANGUAGES) {
    for (const { term, weight } of sought) {
      for (const { form, likeness } of frequencies.alike(lang, fold(term.word), 3)) {
        const one = stem(form, lang);
        if (lang === need.lang && own.stems.has(one)) continue;
        found.set(one, Math.max(found.get(one) ?? 0, weight * likeness * scale.weights.letters));
      }
    }
  }
  return [...found].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, ALIKE);
}

function quoted(token: string): string {
  return `"${token.replaceAll('"', '')}"`;
}

/** The weightiest words and competences asked for, as the copies have them: for the search without an engine. */
export function plainTerms(asked: readonly Asked[]): Map<string, number> {
  const weights = new Map<string, number>();
  for (const { kind, weight, query } of asked) {
    if (kind === 'together' || kind === 'profile') continue;
    const term = (query.q ?? '').slice(1, -1);
    weights.set(term, Math.max(weight, weights.get(term) ?? 0));
  }
  return new Map([...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, PLAIN));
}

/** The most promising hits: each query counts by its weight. Ties in the order of ids. */
export function bestHits(
  asked: readonly Asked[],
  found: readonly Found[],
  limit: number,
): { id: string; revision: number }[] {
  const hits = new Map<string, { id: string; revision: number; sum: number }>();
  asked.forEach(({ weight }, at) => {
    for (const { id, revision } of found[at]?.hits ?? []) {
      const known = hits.get(id);
      if (known) known.sum += weight;
      else hits.set(id, { id, revision, sum: weight });
    }
  });
  return [...hits.values()].sort((a, b) => b.sum - a.sum || (a.id < b.id ? -1 : 1)).slice(0, limit);
}

/** Hard constraints as a filter of the search engine. Values come from strict schemas, and are quoted all the same. */
export function filterOf(filters: MatchRequest['filters'], fixed: readonly string[]): string[] {
  const list = (values: readonly string[]) => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
  const found = [...fixed];
  if (filters?.country) found.push(`country = ${JSON.stringify(filters.country)}`);
  if (filters?.territories?.length) {
    const above = filters.territories.flatMap(beginnings);
    found.push(`places IN ${list(filters.territories)} OR served IN ${list(above)}`);
  }
  if (filters?.languages?.length) found.push(`languages IN ${list(filters.languages)}`);
  if (filters?.sectors?.length) found.push(`sectors IN ${list(filters.sectors)}`);
  if (filters?.competences?.length) {
    const ids = filteredCompetences(filters.competences);
    // Words that name no competence let nothing through; left out, they would let everything through.
    const tokens = ids.length > 0 ? ids.map(conceptToken) : ['-'];
    found.push(`concepts IN ${list(tokens)} OR broader IN ${list(tokens)}`);
  }
  if (filters?.availableOnly) found.push('takes = true');
  return found;
}
