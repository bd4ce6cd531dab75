import type { Lang } from '#libs/contracts';
import { analyse, stem, TEXT_LIMIT, type Token } from './analysis.js';
import { foldLabel } from './fold.js';
import { LANGUAGES } from './identify.js';
import { type Hit, type Match, MIN_SCORE, matchLabel, type Reading } from './label-match.js';
import { type Likeness, type Vocabulary, withoutUmlautSpelling } from './vocabulary.js';

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

const MAX_CONCEPTS = 8;
// Weight is 1 − e^(−score/4): two rare words of a preferred label give about .9, one rare word .75.
const SCORE_SCALE = 4;
// From this many meaningful words on a text is a page.
const LONG_TEXT = 45;

/** What the linker must know of the concepts besides their labels. */
export interface ConceptTree {
  idOf(index: number): string;
  isAncestor(ancestor: number, of: number): boolean;
  hasNarrower(index: number): boolean;
}

/** Finds the competences that a text speaks of: idf-weighted coverage of labels, the most specific concept for the same words. */
export function linkText(
  text: string,
  hint: Lang | undefined,
  vocabularies: Record<Lang, Vocabulary>,
  concepts: ConceptTree,
): LinkResult {
  const { lang, tokens } = analyse(text, hint);
  const reading: Reading = {
    lang,
    tokens,
    distinct: new Set(tokens.map((token) => token.stem)).size,
    long: tokens.length > LONG_TEXT,
    folded: ` ${foldLabel(text.slice(0, TEXT_LIMIT))} `,
  };
  const best = new Map<number, Match>();
  for (const own of LANGUAGES) {
    for (const match of matchesIn(vocabularies[own], reading, concepts)) keepBest(best, match);
  }
  const chosen = explainOnce([...best.values()], concepts);
  const surface = new Map(tokens.map((token) => [token.position, token.surface]));
  const wordsAt = (places: Iterable<number>) =>
    [...places].sort((a, b) => a - b).map((place) => surface.get(Math.floor(place)) ?? '');
  return {
    lang,
    concepts: chosen
      .map((match) => ({
        id: concepts.idOf(match.concept),
        weight: Math.round((1 - Math.exp(-match.score / SCORE_SCALE)) * 1000) / 1000,
        words: [...new Set(wordsAt(match.places.keys()))],
      }))
      .sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
      .slice(0, MAX_CONCEPTS),
  };
}

function* matchesIn(vocabulary: Vocabulary, reading: Reading, concepts: ConceptTree): Generator<Match> {
  const hits = new Map<string, Hit>();
  for (const token of reading.tokens) {
    for (const { stem: one, credit, part, folded = token.folded } of meanings(vocabulary, token, reading)) {
      const hit = hits.get(one) ?? { stem: one, credit, places: [], words: [] };
      hits.set(one, hit);
      hit.credit = Math.max(hit.credit, credit);
      // The end of a compound has a place of its own: Schweiss|roboter is about welding and about robots.
      const place = token.position + (part === 'tail' ? 0.5 : 0);
      hit.places.push(place);
      hit.words.push(folded);
    }
  }
  const seen = new Set<number>();
  for (const one of hits.keys()) for (const at of vocabulary.postings(one)) seen.add(at);
  for (const at of seen) {
    const label = vocabulary.labels[at];
    const match = label && matchLabel(vocabulary, label, hits, reading, concepts.hasNarrower);
    if (match) yield match;
  }
}

function meanings(vocabulary: Vocabulary, token: Token, reading: Reading): readonly (Likeness & { folded?: string })[] {
  const own = vocabulary.lang === reading.lang;
  const exact = own ? token.stem : stem(token.folded, vocabulary.lang);
  if (vocabulary.has(exact))
    return vocabulary.isForm(exact, token.folded, own) ? [{ stem: exact, credit: 1, part: undefined }] : [];
  if (!own) return [];
  if (vocabulary.lang === 'de' && /[aou]e/.test(token.folded)) {
    const folded = withoutUmlautSpelling(token.folded);
    const respelt = stem(folded, 'de');
    if (vocabulary.has(respelt)) return [{ stem: respelt, credit: 1, part: undefined, folded }];
  }
  // A page has a hundred words that are unknown here, and some are like known ones by chance; a need has few, and slips of the pen.
  return reading.long
    ? vocabulary.soft(token.folded).filter(({ part }) => part !== undefined)
    : vocabulary.soft(token.folded);
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
function explainOnce(matches: Match[], concepts: ConceptTree): Match[] {
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
