import type { Lang } from '#libs/contracts';
import { analyseIn, withStems, words } from '../analysis.js';
import { functionWordCounts, STOP_WORDS } from '../stop-words.js';
import { compoundParts } from './compounds.js';
import { GRAM_BUCKETS, gramsOf } from './grams.js';
import { NumberList, Rows } from './rows.js';
import { TextPool } from './text-pool.js';

/** Stands for the stem of a word that carries no meaning. */
export const NO_STEM = 0xffffffff;

/** All labels of one language: their texts, words and stems, in arrays. */
export interface LabelIndex {
  readonly lang: Lang;
  readonly texts: TextPool;
  /** Labels of a concept are neighbours, the preferred one first: concept `c` has `labelStarts[c]` up to `labelStarts[c + 1]`. */
  readonly labelStarts: Uint32Array;
  readonly conceptOf: Uint32Array;
  /** Distinct folded words and their places. */
  readonly words: ReadonlyMap<string, number>;
  readonly wordTexts: readonly string[];
  readonly stems: readonly string[];
  readonly stemPlaces: ReadonlyMap<string, number>;
  /** Stem of each word, or NO_STEM. */
  readonly stemOfWord: Uint32Array;
  /** Words of each label in their order, function words included. */
  readonly labelWords: Rows;
  /** Labels of each stem. */
  readonly postings: Rows;
  /** How rare a stem is among the concepts of this language. */
  readonly idf: Float32Array;
  /** Sum of the idf of a label's distinct stems. */
  readonly mass: Float32Array;
  /** How rare a group of letters is among the labels. */
  readonly gramIdf: Float32Array;
  /** Stems by the letter groups they have. */
  readonly stemsOfGram: Rows;
  /** For each stem the longer ones that it begins or ends, in German: Prüfung of Textilprüfung. */
  readonly compounds: Rows;
}

/** Collects the labels of one language, concept by concept. */
export class LabelIndexBuilder {
  private readonly texts = new TextPool();
  /** Where the labels of each concept end. */
  private readonly labelEnds = new NumberList();
  private readonly conceptOf = new NumberList();
  private readonly words = new Map<string, number>();
  private readonly stems: string[] = [];
  private readonly stemPlaces = new Map<string, number>();
  private readonly stemOfWord = new NumberList();
  private readonly labelWordEnds = new NumberList();
  private readonly labelWords = new NumberList();
  private readonly gramCounts = new Uint32Array(GRAM_BUCKETS);
  private readonly described = new Map<string, number>();
  private readonly descriptionEnds = new NumberList();
  private readonly descriptionStems = new NumberList();

  constructor(private readonly lang: Lang) {}

  /** Adds the labels of the next concept; none is fine. Its description is only read for how words are used. */
  add(labels: readonly string[], description = ''): void {
    const concept = this.labelEnds.length;
    for (const label of labels) {
      this.texts.add(label);
      this.conceptOf.push(concept);
      const meaning: string[] = [];
      for (const { folded } of words(label)) {
        const place = this.place(folded);
        this.labelWords.push(place);
        if (this.stemOfWord.at(place) !== NO_STEM) meaning.push(folded);
      }
      this.labelWordEnds.push(this.labelWords.length);
      for (const gram of gramsOf(meaning.join(' '))) this.gramCounts[gram]!++;
    }
    this.labelEnds.push(this.conceptOf.length);
    for (const stem of description ? analyseIn(description, this.lang).stems : []) {
      const place = this.described.get(stem) ?? this.described.size;
      this.described.set(stem, place);
      this.descriptionStems.push(place);
    }
    this.descriptionEnds.push(this.descriptionStems.length);
  }

  /** The stems of each concept's description; NO_STEM for those that no label has. */
  descriptions(): Rows {
    const places = [...this.described.keys()].map((stem) => this.stemPlaces.get(stem) ?? NO_STEM);
    const stems = new NumberList();
    for (const place of this.descriptionStems.values()) stems.push(places[place]!);
    return Rows.of(this.descriptionEnds, stems);
  }

  finish(): LabelIndex {
    this.texts.trim();
    const labelWords = Rows.of(this.labelWordEnds, this.labelWords);
    const labelStems = this.stemsOfLabels(labelWords);
    const postings = labelStems.inverted(this.stems.length);
    const conceptOf = this.conceptOf.values();
    const idf = this.stemIdf(postings, conceptOf);
    const mass = new Float32Array(conceptOf.length);
    for (let label = 0; label < mass.length; label++) {
      for (const stem of labelStems.row(label)) mass[label]! += idf[stem]!;
    }
    const gramIdf = new Float32Array(GRAM_BUCKETS).fill(Math.log(conceptOf.length + 1) + 1);
    for (let gram = 0; gram < GRAM_BUCKETS; gram++) {
      const count = this.gramCounts[gram]!;
      if (count > 0) gramIdf[gram] = Math.log((conceptOf.length + 1) / (count + 1)) + 1;
    }
    return {
      lang: this.lang,
      texts: this.texts,
      labelStarts: startsOf(this.labelEnds),
      conceptOf,
      words: this.words,
      wordTexts: [...this.words.keys()],
      stems: this.stems,
      stemPlaces: this.stemPlaces,
      stemOfWord: this.stemOfWord.values(),
      labelWords,
      postings,
      idf,
      mass,
      gramIdf,
      stemsOfGram: gramRows(this.stems),
      compounds: compoundRows(this.lang, this.stems, this.stemPlaces),
    };
  }

  private place(folded: string): number {
    const known = this.words.get(folded);
    if (known !== undefined) return known;
    const stem = this.meaningOf(folded);
    this.words.set(folded, this.stemOfWord.length);
    this.stemOfWord.push(stem === undefined ? NO_STEM : this.stemPlace(stem));
    return this.stemOfWord.length - 1;
  }

  private meaningOf(folded: string): string | undefined {
    const [stem] = withStems([{ surface: folded, folded, position: 0 }], this.lang).stems;
    // What texts leave out as a company's form, or as another language's word of asking, is part of what a label says: «spa products».
    const foreign = STOP_WORDS[this.lang].has(folded) && functionWordCounts([folded])[this.lang] === 0;
    return stem ?? (foreign ? folded : undefined);
  }

  private stemPlace(stem: string): number {
    let place = this.stemPlaces.get(stem);
    if (place === undefined) {
      place = this.stems.push(stem) - 1;
      this.stemPlaces.set(stem, place);
    }
    return place;
  }

  private stemsOfLabels(labelWords: Rows): Rows {
    const ends = new NumberList();
    const values = new NumberList();
    for (let label = 0; label < labelWords.length; label++) {
      const start = values.length;
      for (const word of labelWords.row(label)) {
        const stem = this.stemOfWord.at(word)!;
        if (stem !== NO_STEM && !values.has(stem, start)) values.push(stem);
      }
      ends.push(values.length);
    }
    return Rows.of(ends, values);
  }

  private stemIdf(postings: Rows, conceptOf: Uint32Array): Float32Array {
    const concepts = new Set(conceptOf).size;
    const idf = new Float32Array(postings.length);
    for (let stem = 0; stem < idf.length; stem++) {
      let holders = 0;
      let last = -1;
      for (const label of postings.row(stem)) {
        // Postings are in the order of labels, and so of concepts.
        if (conceptOf[label] !== last) holders++;
        last = conceptOf[label]!;
      }
      idf[stem] = Math.log(1 + concepts / Math.max(1, holders));
    }
    return idf;
  }
}

function gramRows(stems: readonly string[]): Rows {
  const ends = new NumberList();
  const values = new NumberList();
  for (const stem of stems) {
    for (const gram of gramsOf(stem)) values.push(gram);
    ends.push(values.length);
  }
  return Rows.of(ends, values).inverted(GRAM_BUCKETS);
}

function compoundRows(lang: Lang, stems: readonly string[], places: ReadonlyMap<string, number>): Rows {
  const ends = new NumberList();
  const values = new NumberList();
  for (const stem of stems) {
    if (lang === 'de') for (const part of compoundParts(stem, stem, places)) values.push(part);
    ends.push(values.length);
  }
  return Rows.of(ends, values).inverted(stems.length);
}

function startsOf(ends: NumberList): Uint32Array {
  const starts = new Uint32Array(ends.length + 1);
  starts.set(ends.values(), 1);
  return starts;
}
