import { analyseIn, Taxonomy } from '#libs/competences';
import { LANGUAGES, type Lang, type MatchRequest } from '#libs/contracts';
import { beginnings, conceptToken } from '../index/document.js';
import type { Found, TermQuery } from '../index/search-engine.js';
import type { Need } from './need.js';
import type { Rarity } from './score.js';

/** One query of the search, what it stands for, and how much a hit counts among candidates. */
export interface Asked {
  kind: 'all' | 'concept' | 'term' | 'near' | 'together';
  key: string;
  weight: number;
  query: TermQuery;
}

const QUERIES_MAX = 24;
const CONCEPTS = 7;
const PAIRED = 3;
const TERMS = 12;
const TRANSLATED = 2;
/** Words that are looked for as other languages would write them. */
const ABROAD = 4;

const FIELDS = {
  offers: { concepts: ['concepts', 'broader'], own: ['concepts'], stems: ['stems'] },
  seeks: { concepts: ['seeks'], own: ['seeks'], stems: ['seekStems'] },
};

/**
 * The need as single words and competences, each a query of its own in one request: a sentence would be read to its tenth word and ranked without regard to
 * how rare a word is. The first query counts what the filter lets through.
 */
export function termQueries(need: Need, filter: readonly string[]): Asked[] {
  const fields = FIELDS[need.side];
  const base = { filter: [...filter], attributesToRetrieve: ['id', 'revision'], locales: ['ita' as const] };
  const ask = (kind: Asked['kind'], key: string, q: string, on: string[], limit: number, weight: number): Asked => ({
    kind,
    key,
    weight,
    query: { ...base, q, attributesToSearchOn: on, limit },
  });
  const quoted = (token: string) => `"${token.replaceAll('"', '')}"`;
  const asked: Asked[] = [ask('all', '', '', fields.own, 0, 0)];
  const concepts = need.concepts.slice(0, CONCEPTS);
  for (const { id, weight } of concepts)
    asked.push(ask('concept', id, quoted(conceptToken(id)), fields.concepts, 40, 2 * weight));
  const top = concepts.slice(0, PAIRED);
  top.forEach((first, at) => {
    for (const second of top.slice(at + 1)) {
      const words = `${quoted(conceptToken(first.id))} ${quoted(conceptToken(second.id))}`;
      asked.push(ask('together', `${first.id} ${second.id}`, words, fields.own, 40, first.weight + second.weight));
    }
  });
  const terms = need.terms.slice(0, TERMS);
  if (terms.length > 1) {
    const words = terms.slice(0, 6).map((term) => term.stem);
    const together = ask('together', words.join(' '), words.join(' '), fields.stems, 40, 1);
    asked.push({ ...together, query: { ...together.query, matchingStrategy: 'frequency' } });
  }
  for (const { stem, weight } of terms) asked.push(ask('term', stem, quoted(stem), fields.stems, 24, weight));
  for (const [stem, weight] of translations(need))
    asked.push(ask('term', stem, quoted(stem), fields.stems, 16, weight * 0.6));
  const alike = new Set(terms.map((term) => term.stem));
  for (const term of terms.slice(0, ABROAD)) {
    for (const stem of Object.values(term.abroad)) {
      if (alike.has(stem)) continue;
      alike.add(stem);
      asked.push(ask('term', term.stem, quoted(stem), fields.stems, 16, term.weight * 0.6));
    }
  }
  for (const { id, weight } of top.slice(0, 2)) {
    const parent = Taxonomy.own().get(id)?.broader;
    if (parent) asked.push(ask('near', parent, quoted(conceptToken(parent)), fields.own, 24, 0.6 * weight));
  }
  return asked.slice(0, QUERIES_MAX);
}

/** The longest stem of each name that the leading competences have in the other languages. */
function translations(need: Need): Map<string, number> {
  const own = new Set(need.terms.map((term) => term.stem));
  const found = new Map<string, number>();
  for (const { id, weight } of need.concepts.slice(0, TRANSLATED)) {
    for (const lang of LANGUAGES) {
      const longest = lang === need.lang ? undefined : longestStem(id, lang);
      if (longest && !own.has(longest)) found.set(longest, weight);
    }
  }
  return found;
}

const stemCache = new Map<string, string | undefined>();

function longestStem(id: string, lang: Lang): string | undefined {
  const key = `${lang} ${id}`;
  if (!stemCache.has(key)) {
    const { stems } = analyseIn(Taxonomy.own().label(id, lang) ?? '', lang);
    stemCache.set(key, stems.toSorted((a, b) => b.length - a.length)[0]);
  }
  return stemCache.get(key);
}

/**
 * How rare what was asked for is, by the number of hits (BM25's idf). What was not asked counts as met by one subject in fifty, and so does a word that nobody
 * has: most often it is merely in another language than the evidence, and the words that can be met must still count.
 */
export function rarityOf(asked: readonly Asked[], found: readonly Found[]): Rarity {
  const all = found[0]?.total ?? 0;
  const idf = (holders: number) => Math.log(1 + (all - holders + 0.5) / (holders + 0.5));
  const usual = Math.max(0.1, idf(Math.max(1, all / 50)));
  const known = { concept: new Map<string, number>(), term: new Map<string, number>() };
  asked.forEach(({ kind, key }, at) => {
    const holders = Math.min(all, found[at]?.total ?? 0);
    if (kind !== 'concept' && kind !== 'term') return;
    if (kind === 'term' && holders === 0) return;
    // A word asked for in several forms is as rare as the commonest of them.
    known[kind].set(key, Math.max(0.05, Math.min(known[kind].get(key) ?? Infinity, idf(holders))));
  });
  return { concept: (id) => known.concept.get(id) ?? usual, term: (stem) => known.term.get(stem) ?? usual };
}

/** The most promising hits: each query counts by its weight and how rare what it asks for is. Ties in the order of ids. */
export function bestHits(
  asked: readonly Asked[],
  found: readonly Found[],
  limit: number,
): { id: string; revision: number }[] {
  const all = found[0]?.total ?? 0;
  const hits = new Map<string, { id: string; revision: number; sum: number }>();
  asked.forEach(({ weight }, at) => {
    const result = found[at];
    if (!result || weight === 0) return;
    const worth = weight * Math.log(1 + (all - Math.min(all, result.total) + 0.5) / (result.total + 0.5));
    for (const { id, revision } of result.hits) {
      const known = hits.get(id);
      if (known) known.sum += worth;
      else hits.set(id, { id, revision, sum: worth });
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
    const ids = filters.competences.flatMap((name) => Taxonomy.own().resolve(name) ?? []);
    // Words that name no competence let nothing through; left out, they would let everything through.
    const tokens = ids.length > 0 ? ids.map(conceptToken) : ['-'];
    found.push(`concepts IN ${list(tokens)} OR broader IN ${list(tokens)}`);
  }
  if (filters?.availableOnly) found.push('takes = true');
  return found;
}
