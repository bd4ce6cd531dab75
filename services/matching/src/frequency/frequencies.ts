import { GRAM_BUCKETS, gramsOf } from '#libs/competences';
import { LANGUAGES, type Lang, type SubjectType } from '#libs/contracts';
import type { Count } from './counts.js';
import { FormIndex } from './form-index.js';

/** A new epoch begins when the collection has grown or shrunk by this share: how rare a word is hardly changes below it. */
const EPOCH = 0.05;

interface OfLanguage {
  pieces: number;
  words: Map<string, number>;
  /** Short pieces of evidence, and the words as they stand in them. */
  named: number;
  forms: Map<string, number>;
  /** Short pieces that have a group of letters, nearly: a piece that has it in two words counts twice. */
  letters: Int32Array;
}

/**
 * How often words, letters and competences occur in all evidence: what makes a word rare. Follows the counts in the database change by change;
 * between two changes the same question has the same answer.
 */
export class Frequencies {
  private readonly languages: Record<Lang, OfLanguage> = { it: empty(), en: empty(), de: empty(), fr: empty() };
  private readonly subjects = new Map<string, number>();
  private readonly holders = new Map<string, number>();
  private readonly formIndexes: Partial<Record<Lang, FormIndex>> = {};
  private counted = 0;
  private countedAtEpoch = 0;
  private current = 1;

  /** Takes over changed counts. */
  apply(counts: readonly Count[]): void {
    for (const { kind, scope, key, holders } of counts) {
      if (kind === 'subjects') this.subjects.set(scope, holders);
      else if (kind === 'concept') put(this.holders, `${scope} ${key}`, holders);
      else this.applyTo(this.languages[scope as Lang], kind, key, holders);
    }
    this.counted = LANGUAGES.reduce((sum, lang) => sum + this.languages[lang].pieces, 0);
    if (Math.abs(this.counted - this.countedAtEpoch) <= EPOCH * this.countedAtEpoch) return;
    this.countedAtEpoch = this.counted;
    this.current++;
  }

  /** Changes when figures have changed so much that what was weighed by them should be weighed again. */
  get epoch(): number {
    return this.current;
  }

  /** Pieces of evidence in a language. */
  pieces(lang: Lang): number {
    return this.languages[lang].pieces;
  }

  /** Pieces of evidence that have a stem. */
  holdersOf(lang: Lang, stem: string): number {
    return this.languages[lang].words.get(stem) ?? 0;
  }

  /** Rarity of a stem among the evidence of its language. */
  word(lang: Lang, stem: string): number {
    return this.rarity(lang, this.holdersOf(lang, stem));
  }

  /** Rarity of what so many pieces of evidence in a language have: BM25's idf, ln(1 + (N − n + ½) / (n + ½)). */
  rarity(lang: Lang, holders: number): number {
    return idf(this.languages[lang].pieces, holders);
  }

  /** Rarity of a group of letters among the short pieces of evidence of a language. */
  letters(lang: Lang, gram: number): number {
    const { named, letters } = this.languages[lang];
    return idf(named, letters[gram] ?? 0);
  }

  /** Rarity of a competence among the subjects of a type. */
  concept(type: SubjectType, id: string): number {
    return idf(this.subjects.get(type) ?? 0, this.holders.get(`${type} ${id}`) ?? 0);
  }

  /** Words of short evidence in a language that are written most like this one, the likest first; never the word itself. */
  alike(lang: Lang, folded: string, limit: number): { form: string; likeness: number }[] {
    const { forms } = this.languages[lang];
    let index = this.formIndexes[lang];
    // Words that came since are found once there are enough of them to be worth the work.
    if (!index || Math.abs(forms.size - index.size) > index.size / 50) {
      index = new FormIndex([...forms.keys()]);
      this.formIndexes[lang] = index;
    }
    return index.alike(folded, limit);
  }

  private applyTo(
    language: OfLanguage,
    kind: 'pieces' | 'named' | 'word' | 'form',
    key: string,
    holders: number,
  ): void {
    if (kind === 'pieces') language.pieces = holders;
    else if (kind === 'named') language.named = holders;
    else if (kind === 'word') put(language.words, key, holders);
    else {
      const more = holders - (language.forms.get(key) ?? 0);
      put(language.forms, key, holders);
      for (const gram of gramsOf(key)) language.letters[gram]! += more;
    }
  }
}

function empty(): OfLanguage {
  return { pieces: 0, words: new Map(), named: 0, forms: new Map(), letters: new Int32Array(GRAM_BUCKETS) };
}

function put(counts: Map<string, number>, key: string, holders: number): void {
  if (holders > 0) counts.set(key, holders);
  else counts.delete(key);
}

function idf(all: number, holders: number): number {
  const n = Math.min(all, holders);
  return Math.log(1 + (all - n + 0.5) / (n + 0.5));
}
