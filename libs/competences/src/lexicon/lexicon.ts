import { readFileSync } from 'node:fs';
import { LANGUAGES, type Lang } from '#libs/contracts';
import type { Analysis } from '../analysis.js';
import { ByteReader, ByteWriter } from './bytes.js';
import { Compounds } from './compounds.js';

/** A stem of the other language and how much of the word it carries, 0..1. */
export interface Translation {
  stem: string;
  weight: number;
}

/** The translations of every stem of one language into another: `counts` a stem, then places in the target's stems and weights in 255ths. */
export interface TranslationTable {
  counts: Uint8Array;
  targets: Uint16Array | Uint32Array;
  weights: Uint8Array;
}

/** What a lexicon is made of. Stems are in the order of their code units; a table for each ordered pair of languages, in the order of {@link LEXICON_PAIRS}. */
export interface LexiconParts {
  stems: Record<Lang, string[]>;
  tables: readonly TranslationTable[];
  compounds: Compounds;
}

/** Every language into every other. */
export const LEXICON_PAIRS: readonly (readonly [Lang, Lang])[] = LANGUAGES.flatMap((from) =>
  LANGUAGES.filter((to) => to !== from).map((to) => [from, to] as const),
);

const NONE: readonly Translation[] = [];

let own: Lexicon | undefined;

/** Translations of single stems between the four languages, learned from parallel labels and descriptions by `trainLexicon`. Unchanging once built. */
export class Lexicon {
  private readonly starts: Uint32Array[];

  constructor(private readonly made: LexiconParts) {
    this.starts = made.tables.map(({ counts }) => {
      const starts = new Uint32Array(counts.length + 1);
      for (let at = 0; at < counts.length; at++) starts[at + 1] = (starts[at] as number) + (counts[at] as number);
      return starts;
    });
  }

  /** The lexicon of the project's own taxonomy, read once per process. */
  static own(): Lexicon {
    own ??= Lexicon.fromBuffer(readFileSync(new URL('./own.lexicon', import.meta.url)));
    return own;
  }

  /** Reads what {@link toBuffer} wrote; throws when the bytes are anything else. */
  static fromBuffer(bytes: Buffer): Lexicon {
    const reader = new ByteReader(bytes);
    const stems = { it: reader.words(), en: reader.words(), de: reader.words(), fr: reader.words() };
    const tables = LEXICON_PAIRS.map(([, to]) => ({
      counts: reader.numbers(1),
      targets: stems[to].length < 65_536 ? reader.numbers(2) : reader.numbers(4),
      weights: reader.numbers(1),
    }));
    const forms = reader.words();
    const stemOf = reader.numbers(4);
    const counts = reader.numbers(4);
    const compounds = new Compounds(
      forms.map((form, at) => ({ form, stem: stems.de[stemOf[at] as number] as string, count: counts[at] as number })),
    );
    return new Lexicon({ stems, tables, compounds });
  }

  /** The whole lexicon; the same lexicon gives the same bytes. */
  toBuffer(): Buffer {
    const { stems, tables, compounds } = this.made;
    const writer = new ByteWriter();
    for (const lang of LANGUAGES) writer.words(stems[lang]);
    tables.forEach(({ counts, targets, weights }, at) => {
      const [, to] = LEXICON_PAIRS[at] as readonly [Lang, Lang];
      writer.numbers(counts, 1);
      writer.numbers(targets, stems[to].length < 65_536 ? 2 : 4);
      writer.numbers(weights, 1);
    });
    const forms = compounds.forms();
    writer.words(forms.map(({ form }) => form));
    writer.numbers(
      forms.map(({ stem }) => placeOf(stem, stems.de)),
      4,
    );
    writer.numbers(
      forms.map(({ count }) => count),
      4,
    );
    return writer.toBuffer();
  }

  /** Number of stems that stand in the texts of a language it was learned from. */
  size(lang: Lang): number {
    return this.made.stems[lang].length;
  }

  /**
   * What a stem of one language is in another: at most eight stems, the surest first, weights ≤ 1 that add up to 1 at most.
   * Empty when the stem is unknown or was never seen in a translated text.
   */
  translate(stem: string, from: Lang, to: Lang): readonly Translation[] {
    if (from === to) return [{ stem, weight: 1 }];
    const place = placeOf(stem, this.made.stems[from]);
    if (place < 0) return NONE;
    const pair = LEXICON_PAIRS.findIndex(([one, other]) => one === from && other === to);
    const { targets, weights } = this.made.tables[pair] as TranslationTable;
    const starts = this.starts[pair] as Uint32Array;
    const found: Translation[] = [];
    for (let at = starts[place] as number; at < (starts[place + 1] as number); at++) {
      const target = this.made.stems[to][targets[at] as number] as string;
      found.push({ stem: target, weight: (weights[at] as number) / 255 });
    }
    return found;
  }

  /** Stems of the parts of a folded German word (`Token.folded`); empty for a word that is no compound of known words. */
  parts(folded: string): readonly string[] {
    return this.made.compounds.parts(folded);
  }

  /** The stems of a text as the lexicon knows them: in German each compound is followed by the stems of its parts. */
  stemsOf({ lang, tokens, stems }: Analysis): string[] {
    if (lang !== 'de') return stems;
    return tokens.flatMap(({ folded, stem }) => [stem, ...this.parts(folded)]);
  }
}

// A binary search in the sorted table takes a tenth of the memory of a map.
function placeOf(stem: string, sorted: readonly string[]): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = sorted[middle] as string;
    if (one === stem) return middle;
    if (one < stem) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
