import type { Lang } from '#libs/contracts';
import { type Analysis, analyseIn, withStems } from '../analysis.js';
import { foldLabel } from '../fold.js';
import { LANGUAGES } from '../identify.js';
import type { SearchHit } from '../search.js';
import { collect, type Parts } from './collect.js';
import { findLabels } from './label-find.js';
import { rankLabels } from './label-rank.js';
import { REFERENCE_KINDS, type ReferenceConcept, type ReferenceKind } from './reference-concept.js';

/** A concept that a text speaks of. */
export interface RankedConcept {
  id: string;
  /** 0..1 */
  score: number;
  /** The words of the text that led to it, as they stand there. */
  words: string[];
  /** Preferred label in the language asked for. */
  label: string;
}

export interface RankOptions {
  limit: number;
  /** Nothing below this score. */
  minScore?: number;
  /** Only concepts of these kinds. */
  kinds?: readonly ReferenceKind[];
}

const QUERY_LIMIT = 80;
const LABEL_LIMIT = 300;

/**
 * The imported classifications in memory: what their concepts are called, how they relate, and the ways from words to them. Never changes:
 * another import makes another one. Descriptions are not kept.
 */
export class ReferenceTaxonomy {
  private readonly places: ReadonlyMap<string, number>;

  private constructor(private readonly parts: Parts) {
    this.places = new Map(parts.ids.map((id, place) => [id, place]));
  }

  /** Builds it, with pauses in which the process does its other work. Of two concepts with one id the first counts. */
  static async build(
    concepts: Iterable<ReferenceConcept> | AsyncIterable<ReferenceConcept>,
    version: string,
  ): Promise<ReferenceTaxonomy> {
    return new ReferenceTaxonomy(await collect(concepts, version));
  }

  get size(): number {
    return this.parts.ids.length;
  }

  /** Names what it was built from: equal content, equal version. */
  get version(): string {
    return this.parts.version;
  }

  /** Ids of all concepts, in the order of the import. */
  ids(): readonly string[] {
    return this.parts.ids;
  }

  get(id: string): Omit<ReferenceConcept, 'descriptions'> | undefined {
    const place = this.places.get(id);
    if (place === undefined) return undefined;
    const code = this.parts.codes[place];
    return {
      id,
      kind: this.kindAt(place),
      broader: this.broader(id),
      ...(code === undefined ? {} : { code }),
      labels: {
        it: this.labels(id, 'it'),
        en: this.labels(id, 'en'),
        de: this.labels(id, 'de'),
        fr: this.labels(id, 'fr'),
      },
    };
  }

  kind(id: string): ReferenceKind | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : this.kindAt(place);
  }

  /** The preferred label, in English or any other language where this one has none; undefined when there is no such concept. */
  label(id: string, lang: Lang): string | undefined {
    const place = this.places.get(id);
    return place === undefined ? undefined : this.labelAt(place, lang);
  }

  /** All labels of one language, preferred first. */
  labels(id: string, lang: Lang): string[] {
    const place = this.places.get(id);
    const { index } = this.parts.languages[lang];
    const found: string[] = [];
    if (place === undefined) return found;
    for (let at = index.labelStarts[place]!; at < index.labelStarts[place + 1]!; at++) found.push(index.texts.at(at));
    return found;
  }

  /** Ids of the next wider concepts. */
  broader(id: string): string[] {
    const place = this.places.get(id);
    return place === undefined ? [] : [...this.parts.broader.row(place)].map((one) => this.parts.ids[one]!);
  }

  /** All wider concepts, the nearest first. */
  ancestors(id: string): string[] {
    const start = this.places.get(id);
    const found = new Set<number>(start === undefined ? [] : this.parts.broader.row(start));
    // A set is walked in the order of insertion, what is added meanwhile included.
    for (const place of found) for (const wider of this.parts.broader.row(place)) found.add(wider);
    if (start !== undefined) found.delete(start);
    return [...found].map((place) => this.parts.ids[place]!);
  }

  /** Nearness of two concepts: 1 the same, .6 parent and child, .3 with a parent in common, else 0. */
  relation(a: string, b: string): number {
    const first = this.places.get(a);
    const second = this.places.get(b);
    if (first === undefined || second === undefined) return 0;
    if (first === second) return 1;
    const widerA = this.parts.broader.row(first);
    const widerB = this.parts.broader.row(second);
    if (widerA.includes(second) || widerB.includes(first)) return 0.6;
    return widerA.some((one) => widerB.includes(one)) ? 0.3 : 0;
  }

  /** The concept that has this label in any language, case and accents aside; a skill before an occupation, a preferred label before another. */
  resolve(idOrLabel: string): string | undefined {
    if (this.places.has(idOrLabel)) return idOrLabel;
    const folded = foldLabel(idOrLabel.slice(0, LABEL_LIMIT));
    if (!folded) return undefined;
    let best: { place: number; rank: number } | undefined;
    for (const lang of LANGUAGES) {
      const { index, lookup } = this.parts.languages[lang];
      for (const label of lookup.equal(folded)) {
        const place = index.conceptOf[label]!;
        const rank = this.parts.kinds[place]! * 2 + (index.labelStarts[place] === label ? 0 : 1);
        if (!best || rank < best.rank) best = { place, rank };
      }
    }
    return best && this.parts.ids[best.place];
  }

  /** Autocomplete over the concepts of the kinds given (skills unless told): labels in any language, shown in `lang`. */
  search(query: string, lang: Lang, limit = 10, kinds: readonly ReferenceKind[] = ['skill']): SearchHit[] {
    const wanted = foldLabel(query.slice(0, QUERY_LIMIT));
    if (!wanted || limit < 1) return [];
    return findLabels(this.parts.languages, wanted, lang, limit, this.accepts(kinds)).map((found) => ({
      id: this.parts.ids[found.concept]!,
      label: this.labelAt(found.concept, lang) ?? '',
      lang,
      broader: this.broader(this.parts.ids[found.concept]!)[0] ?? null,
      matched: { label: this.parts.languages[found.lang].index.texts.at(found.label), lang: found.lang },
      slip: found.slip,
    }));
  }

  /**
   * The concepts that a text of one language speaks of, best first: idf-weighted coverage of their labels in this language, and likeness of the
   * letters. English labels answer for concepts that this language does not name.
   */
  rank(text: string | Analysis, lang: Lang, options: RankOptions): RankedConcept[] {
    const given = typeof text === 'string' ? analyseIn(text, lang).tokens : text.tokens;
    const accepts = this.accepts(options.kinds ?? REFERENCE_KINDS);
    const { index } = this.parts.languages[lang];
    const named = (place: number) => index.labelStarts[place]! < index.labelStarts[place + 1]!;
    const inLanguage = (one: Lang) =>
      typeof text !== 'string' && text.lang === one ? given : withStems(given, one).tokens;
    const tokens = inLanguage(lang);
    const found = rankLabels(this.parts.languages[lang], tokens, options.limit, accepts).map((hit) => ({
      ...hit,
      tokens: hit.tokens.map((at) => tokens[at]!),
    }));
    if (lang !== 'en') {
      const english = inLanguage('en');
      const more = rankLabels(
        this.parts.languages.en,
        english,
        options.limit,
        (place) => accepts(place) && !named(place),
      );
      found.push(...more.map((hit) => ({ ...hit, tokens: hit.tokens.map((at) => english[at]!) })));
    }
    return found
      .filter(({ score }) => score >= (options.minScore ?? 0))
      .sort((a, b) => b.score - a.score || compareIds(this.parts.ids[a.concept]!, this.parts.ids[b.concept]!))
      .slice(0, options.limit)
      .map(({ concept, score, tokens }) => ({
        id: this.parts.ids[concept]!,
        score,
        words: [...new Set(tokens.map((token) => token.surface))],
        label: this.labelAt(concept, lang) ?? '',
      }));
  }

  private accepts(kinds: readonly ReferenceKind[]): (place: number) => boolean {
    const wanted = REFERENCE_KINDS.map((kind) => kinds.includes(kind));
    return (place) => wanted[this.parts.kinds[place]!] === true;
  }

  private kindAt(place: number): ReferenceKind {
    return REFERENCE_KINDS[this.parts.kinds[place]!]!;
  }

  private labelAt(place: number, lang: Lang): string | undefined {
    for (const one of [lang, 'en', ...LANGUAGES] as const) {
      const { index } = this.parts.languages[one];
      const start = index.labelStarts[place]!;
      if (start < index.labelStarts[place + 1]!) return index.texts.at(start);
    }
    return undefined;
  }
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
