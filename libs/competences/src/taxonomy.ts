import type { Lang } from '#libs/contracts';
import { analyseIn } from './analysis.js';
import type { Concept } from './concept.js';
import { CONCEPTS } from './concepts.js';
import { foldLabel } from './fold.js';
import { LANGUAGES } from './identify.js';
import { type LinkResult, linkText } from './linker.js';
import { LabelSearch, type SearchHit } from './search.js';
import { Vocabulary } from './vocabulary.js';

let own: Taxonomy | undefined;

/** The competences, what they are called in four languages, how they relate, and the ways from words to them. Holds no state but its indexes. */
export class Taxonomy {
  private readonly index: Map<string, number>;
  private readonly vocabularies: Record<Lang, Vocabulary>;
  private readonly byLabel = new Map<string, string>();
  private readonly byStems = new Map<string, string>();
  private readonly labelSearch: LabelSearch;
  private readonly ancestorSets: Set<number>[];
  private readonly byUri: ReadonlyMap<string, string>;
  /** Places of the concepts that have narrower ones. */
  private readonly wide: ReadonlySet<number>;

  constructor(private readonly list: readonly Concept[]) {
    this.index = new Map(list.map((concept, at) => [concept.id, at]));
    this.vocabularies = {
      it: new Vocabulary('it', list),
      en: new Vocabulary('en', list),
      de: new Vocabulary('de', list),
      fr: new Vocabulary('fr', list),
    };
    for (const lang of LANGUAGES) this.indexLabels(lang);
    this.labelSearch = new LabelSearch(list);
    // Where two claim a concept the first has it.
    this.byUri = new Map(
      list.flatMap(({ id, closeMatch = [] }) => closeMatch.map((uri) => [uri, id] as const)).reverse(),
    );
    this.wide = new Set(list.flatMap((concept) => this.index.get(concept.broader ?? '') ?? []));
    this.ancestorSets = list.map(
      (concept) => new Set(this.ancestors(concept.id).map((id) => this.index.get(id) ?? -1)),
    );
  }

  /** The project's own taxonomy, built once per process. */
  static own(): Taxonomy {
    own ??= new Taxonomy(CONCEPTS);
    return own;
  }

  get size(): number {
    return this.list.length;
  }

  concepts(): readonly Concept[] {
    return this.list;
  }

  get(id: string): Concept | undefined {
    return this.list[this.index.get(id) ?? -1];
  }

  /** The preferred label, or undefined when there is no such concept. */
  label(id: string, lang: Lang): string | undefined {
    return this.get(id)?.labels[lang][0];
  }

  /** All labels in one language, preferred first, or in all four. Empty when there is no such concept. */
  labels(id: string, lang?: Lang): string[] {
    const concept = this.get(id);
    if (!concept) return [];
    return lang ? [...concept.labels[lang]] : LANGUAGES.flatMap((one) => concept.labels[one]);
  }

  /** Wider concepts, the nearest first. */
  ancestors(id: string): string[] {
    const found: string[] = [];
    let broader = this.get(id)?.broader;
    while (broader && !found.includes(broader)) {
      found.push(broader);
      broader = this.get(broader)?.broader;
    }
    return found;
  }

  /** Nearness of two concepts: 1 the same, .6 parent and child, .3 children of the same concept, else 0. */
  relation(a: string, b: string): number {
    const first = this.get(a);
    const second = this.get(b);
    if (!first || !second) return 0;
    if (first === second) return 1;
    if (first.broader === second.id || second.broader === first.id) return 0.6;
    return first.broader !== null && first.broader === second.broader ? 0.3 : 0;
  }

  /** The concept that an id or a label names: exact id, exact label in any language (case and accents aside), or the same stems. */
  resolve(idOrLabel: string): string | undefined {
    if (this.index.has(idOrLabel)) return idOrLabel;
    const folded = foldLabel(idOrLabel.slice(0, 300));
    if (!folded) return undefined;
    const exact = this.byLabel.get(folded);
    if (exact) return exact;
    for (const lang of LANGUAGES) {
      const id = this.byStems.get(stemKey(idOrLabel.slice(0, 300), lang));
      if (id) return id;
    }
    return undefined;
  }

  /** The own competence that means the same as an imported concept. */
  ownOf(uri: string): string | undefined {
    return this.byUri.get(uri);
  }

  /** Autocomplete: concepts whose labels in any language begin with, contain or nearly equal the query; labels shown in `lang`. */
  search(query: string, lang: Lang, limit = 10): SearchHit[] {
    return this.labelSearch.search(query, lang, limit);
  }

  /** Stems of a concept's labels in each language, preferred label first, without repetition: the terms that find it in texts of that language. */
  stemsOf(id: string): Map<Lang, string[]> {
    const concept = this.get(id);
    if (!concept) return new Map();
    return new Map(
      LANGUAGES.map((lang) => [
        lang,
        [...new Set(concept.labels[lang].flatMap((label) => analyseIn(label, lang).stems))],
      ]),
    );
  }

  /** The competences that a text speaks of, at most eight, with the words that led to each. Never throws. */
  link(text: string, hint?: Lang): LinkResult {
    return linkText(text, hint, this.vocabularies, {
      idOf: (at) => this.list[at]?.id ?? '',
      isAncestor: (ancestor, of) => this.ancestorSets[of]?.has(ancestor) ?? false,
      hasNarrower: (at) => this.wide.has(at),
    });
  }

  private indexLabels(lang: Lang): void {
    for (const concept of this.list) {
      for (const label of concept.labels[lang]) {
        const folded = foldLabel(label);
        if (!this.byLabel.has(folded)) this.byLabel.set(folded, concept.id);
        const key = stemKey(label, lang);
        if (key !== `${lang}:` && !this.byStems.has(key)) this.byStems.set(key, concept.id);
      }
    }
  }
}

function stemKey(label: string, lang: Lang): string {
  return `${lang}:${analyseIn(label, lang).stems.join(' ')}`;
}
