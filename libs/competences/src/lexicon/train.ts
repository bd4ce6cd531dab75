import { LANGUAGES, type Lang } from '#libs/contracts';
import { analyseIn } from '../analysis.js';
import { align, type ParallelText, type WordTable } from './alignment.js';
import { Compounds, type KnownForm } from './compounds.js';
import { LEXICON_PAIRS, Lexicon, type TranslationTable } from './lexicon.js';
import { likeness } from './spelling.js';

/** A concept with its names in the four languages (preferred first, a language may have none) and what is said about it. */
export interface LexiconSource {
  labels: Record<Lang, readonly string[]>;
  descriptions?: Partial<Record<Lang, string>>;
}

interface Words {
  stems: Int32Array;
  places: Float32Array;
}

/** The texts of a concept in one language. */
interface Texts {
  name: Int32Array;
  /** All words of all names, each once; empty where there is one name only. */
  names: Int32Array;
  description: Words | undefined;
}

const MOST_TRANSLATIONS = 8;
const LEAST_SHARE = 0.015;
const NEGLIGIBLE = 1e-4;
// Names beside the preferred one have no order among languages: the more words they have together, the less each pair says.
const SURE_NAMES = 8;
const MOST_NAMES = 250;

/**
 * Learns word translations between all four languages from concepts that are named or described in two of them: preferred names
 * with each other, all names together, descriptions with each other. Deterministic; seconds for thousands of concepts.
 */
export function trainLexicon(
  concepts: Iterable<LexiconSource>,
  { onProgress = () => {} }: { onProgress?: (done: number, of: number) => void } = {},
): Lexicon {
  const sources = [...concepts];
  const of = 60;
  let done = 0;
  const step = (steps = 1) => {
    done += steps;
    onProgress(done, of);
  };
  const compounds = new Compounds(germanForms(sources));
  step(6);
  const numbers = { it: new Numbering(), en: new Numbering(), de: new Numbering(), fr: new Numbering() };
  const reader = new Reader(numbers, compounds);
  const texts = {} as Record<Lang, Texts[]>;
  for (const lang of LANGUAGES) {
    texts[lang] = sources.map((source) => reader.read(source, lang));
    step(3);
  }
  // Stems that only stand among the further names of a concept are parts of compounds too and need a number.
  for (const { stem } of compounds.forms()) numbers.de.of(stem);
  const orders = { it: numbers.it.sorted(), en: numbers.en.sorted(), de: numbers.de.sorted(), fr: numbers.fr.sorted() };
  const tables = new Map<string, TranslationTable>();
  for (const [from, to] of LEXICON_PAIRS) {
    if (tables.has(from + to)) continue;
    const spelling = likeness(numbers[from].stems(), numbers[to].stems());
    const table = align(parallel(texts[from], texts[to]), numbers[from].size, numbers[to].size, spelling, step);
    const mean = table.forward.map((p, at) => (p + (table.backward[at] as number)) / 2);
    tables.set(from + to, strongest(table.start, table.target, mean, orders[from], orders[to]));
    const turned = turn(table, mean, numbers[to].size);
    tables.set(to + from, strongest(turned.start, turned.target, turned.weights, orders[to], orders[from]));
    step(2);
  }
  return new Lexicon({
    stems: { it: orders.it.stems, en: orders.en.stems, de: orders.de.stems, fr: orders.fr.stems },
    tables: LEXICON_PAIRS.map(([from, to]) => tables.get(from + to) as TranslationTable),
    compounds,
  });
}

function germanForms(sources: readonly LexiconSource[]): KnownForm[] {
  const stems = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { labels, descriptions } of sources) {
    for (const text of [...labels.de, descriptions?.de ?? '']) {
      for (const token of analyseIn(text, 'de').tokens) {
        stems.set(token.folded, token.stem);
        counts.set(token.stem, (counts.get(token.stem) ?? 0) + 1);
      }
    }
  }
  return [...stems].map(([form, stem]) => ({ form, stem, count: counts.get(stem) ?? 0 }));
}

/** Numbers for stems, in the order in which they come; afterwards the place of each in the sorted list. */
class Numbering {
  private readonly known = new Map<string, number>();

  get size(): number {
    return this.known.size;
  }

  of(stem: string): number {
    let number = this.known.get(stem);
    if (number === undefined) {
      number = this.known.size;
      this.known.set(stem, number);
    }
    return number;
  }

  /** In the order of their numbers. */
  stems(): string[] {
    return [...this.known.keys()];
  }

  sorted(): Order {
    const stems = this.stems().sort();
    const places = new Uint32Array(stems.length);
    stems.forEach((stem, place) => {
      places[this.known.get(stem) as number] = place;
    });
    return { stems, places };
  }
}

interface Order {
  stems: string[];
  places: Uint32Array;
}

class Reader {
  constructor(
    private readonly numbers: Record<Lang, Numbering>,
    private readonly compounds: Compounds,
  ) {}

  read({ labels, descriptions }: LexiconSource, lang: Lang): Texts {
    const named = labels[lang].map((label) => this.words(label, lang).stems);
    const description = descriptions?.[lang];
    const names = new Set(named.length > 1 ? named.flatMap((stems) => [...stems]) : []);
    return {
      name: named[0] ?? new Int32Array(0),
      names: Int32Array.from([...names].slice(0, MOST_NAMES)),
      description: description ? this.words(description, lang) : undefined,
    };
  }

  // A compound counts as itself and as its parts: «Spritzgussform» is a word of its own and also a form.
  private words(text: string, lang: Lang): Words {
    const { tokens } = analyseIn(text, lang);
    const length = (tokens.at(-1)?.position ?? 0) + 1;
    const stems: number[] = [];
    const places: number[] = [];
    for (const { stem, folded, position } of tokens) {
      for (const one of [stem, ...(lang === 'de' ? this.compounds.parts(folded) : [])]) {
        stems.push(this.numbers[lang].of(one));
        places.push(position / length);
      }
    }
    return { stems: Int32Array.from(stems), places: Float32Array.from(places) };
  }
}

function parallel(sources: readonly Texts[], targets: readonly Texts[]): ParallelText[] {
  const texts: ParallelText[] = [];
  const add = (text: ParallelText) => {
    if (text.source.length > 0 && text.target.length > 0) texts.push(text);
  };
  sources.forEach((source, at) => {
    const target = targets[at] as Texts;
    add({ source: source.name, target: target.name, weight: 1 });
    const words = Math.max(source.names.length, target.names.length);
    add({ source: source.names, target: target.names, weight: Math.min(1, SURE_NAMES / words) });
    if (!source.description || !target.description) return;
    add({
      source: source.description.stems,
      target: target.description.stems,
      sourcePlaces: source.description.places,
      targetPlaces: target.description.places,
      weight: 1,
    });
  });
  return texts;
}

// The same entries listed by target: the table of the other direction.
function turn({ start, target }: WordTable, weights: Float64Array, targets: number) {
  const turnedStart = new Int32Array(targets + 1);
  for (const one of target) (turnedStart[one + 1] as number)++;
  for (let one = 0; one < targets; one++) (turnedStart[one + 1] as number) += turnedStart[one] as number;
  const next = turnedStart.slice();
  const turnedTarget = new Int32Array(target.length);
  const turnedWeights = new Float64Array(target.length);
  for (let source = 0; source < start.length - 1; source++) {
    for (let at = start[source] as number; at < (start[source + 1] as number); at++) {
      const place = (next[target[at] as number] as number)++;
      turnedTarget[place] = source;
      turnedWeights[place] = weights[at] as number;
    }
  }
  return { start: turnedStart, target: turnedTarget, weights: turnedWeights };
}

// The best translations of each stem, in the order of the sorted stems; what is kept makes up the whole.
function strongest(
  start: Int32Array,
  target: Int32Array,
  weights: Float64Array,
  from: Order,
  to: Order,
): TranslationTable {
  const rows: { place: number; weight: number }[][] = [];
  for (let one = 0; one < from.stems.length; one++) {
    const row: { place: number; weight: number }[] = [];
    let sum = 0;
    for (let at = start[one] as number; at < (start[one + 1] as number); at++) {
      const weight = weights[at] as number;
      if (weight < NEGLIGIBLE) continue;
      sum += weight;
      row.push({ place: to.places[target[at] as number] as number, weight });
    }
    row.sort((a, b) => b.weight - a.weight || a.place - b.place);
    const best = row.slice(0, MOST_TRANSLATIONS).filter(({ weight }) => weight >= LEAST_SHARE * sum);
    const kept = best.reduce((total, { weight }) => total + weight, 0);
    rows[from.places[one] as number] = best
      .map(({ place, weight }) => ({ place, weight: Math.floor((255 * weight) / kept) }))
      .filter(({ weight }) => weight > 0);
  }
  const all = rows.flat();
  return {
    counts: Uint8Array.from(rows, (row) => row.length),
    targets: Uint32Array.from(all, ({ place }) => place),
    weights: Uint8Array.from(all, ({ weight }) => weight),
  };
}
