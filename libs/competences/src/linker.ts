import type { Lang } from '#libs/contracts';
import { analyse, stem, type Token } from './analysis.js';
import { LANGUAGES } from './identify.js';
import { type Vocabulary, withoutUmlautSpelling } from './vocabulary.js';

/** A competence that a text speaks of. */
export interface LinkedConcept {
  id: string;
  /** 0..1, how surely the text means it. */
  weight: number;
  /** The words of the text that led to it, as they stand there. */
  words: string[];
}

export interface LinkResult {
  lang: Lang;
  /** At most eight, best first. */
  concepts: LinkedConcept[];
}

interface Match {
  concept: number;
  score: number;
  /** Share of the label that the text covers, 0..1. */
  coverage: number;
  /** idf mass at each place of the text. */
  places: Map<number, number>;
}

const MAX_CONCEPTS = 8;
const PREFERRED = 1.15;
// Words of another language are taken as its term only when the whole label stands there: «machine learning» in an Italian sentence.
const FOREIGN = 0.8;
const MIN_COVERAGE = 0.55;
const MIN_SCORE = 2.2;
// Weight is 1 − e^(−score/4): two rare words of a preferred label give about .9, one rare word .75.
const SCORE_SCALE = 4;

interface Hit {
  stem: string;
  credit: number;
  places: number[];
}

/** Finds the competences that a text speaks of: idf-weighted coverage of labels, the most specific concept for the same words. */
export function linkText(
  text: string,
  hint: Lang | undefined,
  vocabularies: Record<Lang, Vocabulary>,
  concepts: { idOf(index: number): string; isAncestor(ancestor: number, of: number): boolean },
): LinkResult {
  const { lang, tokens } = analyse(text, hint);
  const best = new Map<number, Match>();
  for (const own of LANGUAGES) {
    for (const match of matchesIn(vocabularies[own], tokens, own === lang)) keepBest(best, match);
  }
  const chosen = explainOnce([...best.values()], concepts);
  const surface = new Map(tokens.map((token) => [token.position, token.surface]));
  return {
    lang,
    concepts: chosen
      .map((match) => ({
        id: concepts.idOf(match.concept),
        weight: Math.round((1 - Math.exp(-match.score / SCORE_SCALE)) * 1000) / 1000,
        words: [...new Set([...match.places.keys()].sort((a, b) => a - b).map((place) => surface.get(place) ?? ''))],
      }))
      .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
      .slice(0, MAX_CONCEPTS),
  };
}

function* matchesIn(vocabulary: Vocabulary, tokens: readonly Token[], own: boolean): Generator<Match> {
  const hits = new Map<string, Hit>();
  for (const token of tokens) {
    for (const { stem: one, credit } of meanings(vocabulary, token, own)) {
      const hit = hits.get(one);
      if (!hit) hits.set(one, { stem: one, credit, places: [token.position] });
      else {
        hit.credit = Math.max(hit.credit, credit);
        hit.places.push(token.position);
      }
    }
  }
  const distinct = new Set(tokens.map((token) => token.stem)).size;
  const seen = new Set<number>();
  for (const one of hits.keys()) for (const at of vocabulary.postings(one)) seen.add(at);
  for (const at of seen) {
    const match = matchLabel(vocabulary, at, hits, own, distinct);
    if (match) yield match;
  }
}

function meanings(vocabulary: Vocabulary, token: Token, own: boolean): readonly { stem: string; credit: number }[] {
  const exact = own ? token.stem : stem(token.folded, vocabulary.lang);
  if (vocabulary.has(exact)) return vocabulary.isForm(exact, token.folded, own) ? [{ stem: exact, credit: 1 }] : [];
  if (!own) return [];
  if (vocabulary.lang === 'de' && /[aou]e/.test(token.folded)) {
    const respelt = stem(withoutUmlautSpelling(token.folded), 'de');
    if (vocabulary.has(respelt)) return [{ stem: respelt, credit: 1 }];
  }
  return vocabulary.soft(token.folded);
}

function matchLabel(
  vocabulary: Vocabulary,
  at: number,
  hits: ReadonlyMap<string, Hit>,
  own: boolean,
  distinct: number,
): Match | undefined {
  const label = vocabulary.labels[at];
  if (!label) return undefined;
  const matched = label.stems.map((one) => hits.get(one)).filter((hit) => hit !== undefined);
  const overlap = matched.reduce((sum, hit) => sum + vocabulary.idf(hit.stem) * hit.credit, 0);
  const coverage = overlap / label.mass;
  if (coverage < (own ? MIN_COVERAGE : 0.99)) return undefined;
  const whole = coverage > 0.99 && distinct === label.stems.length;
  const places = nearest(matched);
  // «gestione», «sistema», «analisi» mean any field; they are a term of their own only side by side in its order, or as the whole text.
  const general = matched.every((hit) => vocabulary.isGeneric(hit.stem));
  if (general && !whole && (matched.length < 2 || !inOrder(places))) return undefined;
  // A term that stands there whole is confirmed by its own words, the general ones too: «tessuti tecnici».
  const worth = coverage > 0.99 ? label.fullMass : overlap * coverage ** 2;
  const score = worth * (label.preferred ? PREFERRED : 1) * (own ? 1 : FOREIGN) * closeness(places);
  if (score < MIN_SCORE) return undefined;
  return {
    concept: label.concept,
    score,
    coverage,
    places: new Map(places.map((place, index) => [place, vocabulary.idf(matched[index]?.stem ?? '')])),
  };
}

// For each matched stem the place that lies nearest to the first one's, trying each place of the first.
function nearest(matched: readonly Hit[]): number[] {
  const [first, ...others] = matched;
  if (!first) return [];
  let best: number[] = [];
  let bestSpan = Number.POSITIVE_INFINITY;
  for (const start of first.places.slice(0, 50)) {
    const places = [start, ...others.map((hit) => closest(hit.places, start))];
    const span = Math.max(...places) - Math.min(...places);
    if (span < bestSpan) [best, bestSpan] = [places, span];
  }
  return best;
}

const inOrder = (places: readonly number[]): boolean =>
  places.every((place, at) => at === 0 || (place > (places[at - 1] ?? 0) && place - (places[at - 1] ?? 0) <= 3));

function closest(places: readonly number[], to: number): number {
  let best = places[0] ?? to;
  for (const place of places) if (Math.abs(place - to) < Math.abs(best - to)) best = place;
  return best;
}

// Words of one term stand together; the same words strewn over a paragraph are chance.
function closeness(places: readonly number[]): number {
  const distinct = new Set(places).size;
  const gap = Math.max(...places) - Math.min(...places) + 1 - distinct;
  if (gap <= 2) return 1;
  if (gap <= 4) return 0.75;
  return gap <= 8 ? 0.5 : 0.15;
}

function keepBest(best: Map<number, Match>, match: Match): void {
  const known = best.get(match.concept);
  if (!known) {
    best.set(match.concept, match);
    return;
  }
  const [better, other] = match.score > known.score ? [match, known] : [known, match];
  // The same competence named twice in different words is surer, a little.
  const apart = [...other.places.keys()].every((place) => !better.places.has(place));
  if (apart) {
    better.score += other.score * 0.15;
    for (const [place, mass] of other.places) better.places.set(place, mass);
  }
  best.set(match.concept, better);
}

/** Each word explains one concept fully: what is left for a wider or a chance one decides whether it stays. */
function explainOnce(matches: Match[], concepts: { isAncestor(ancestor: number, of: number): boolean }): Match[] {
  const chosen: Match[] = [];
  const claimed = new Set<number>();
  for (const match of matches.sort((a, b) => b.score - a.score || a.concept - b.concept)) {
    const own = [...match.places];
    const fresh = own.filter(([place]) => !claimed.has(place));
    if (fresh.length === 0) {
      const related = chosen.some(
        (other) =>
          (concepts.isAncestor(match.concept, other.concept) || concepts.isAncestor(other.concept, match.concept)) &&
          own.every(([place]) => other.places.has(place)),
      );
      // A term inside a longer one stays («controllo qualità» in «controllo qualità con telecamere»), a single word of it does not.
      const nested = own.length > 1 && chosen.some((other) => own.every(([place]) => other.places.has(place)));
      if (related || !nested || match.coverage < 0.99) continue;
      match.score *= 0.6;
    } else if (fresh.length < own.length) {
      const mass = own.reduce((sum, [, one]) => sum + one, 0);
      const left = fresh.reduce((sum, [, one]) => sum + one, 0);
      if (match.coverage < 0.99) match.score *= (left + 0.4 * (mass - left)) / mass;
    }
    if (match.score < MIN_SCORE) continue;
    chosen.push(match);
    for (const [place] of own) claimed.add(place);
  }
  return chosen;
}
