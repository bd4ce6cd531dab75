/** What a vocabulary knows of one written form: the stem, and how often words of that stem stand in the texts. */
export interface KnownForm {
  form: string;
  stem: string;
  count: number;
}

// Shorter pieces (ein, ung, tor) are found in every word.
const SHORTEST_PART = 4;
const SHORTEST_COMPOUND = 8;
const MOST_PARTS = 4;
const SHORTEST_STEM = 3;
const ROUNDING = 1e-9;
const LINKING = ['s', 'n', 'en', 'es', 'er', 'e'];
const CACHE_LIMIT = 50_000;
const NONE: readonly string[] = [];

/**
 * Splits German compounds into words of a vocabulary: of all ways to cut, the one whose parts have the highest geometric mean
 * of frequencies, and only if that is no lower than the frequency of the whole (Koehn and Knight 2003, with linking elements).
 */
export class Compounds {
  private readonly stems = new Map<string, string>();
  private readonly counts = new Map<string, number>();
  private readonly cache = new Map<string, readonly string[]>();

  constructor(forms: Iterable<KnownForm>) {
    for (const { form, stem, count } of forms) {
      if (stem.length < SHORTEST_STEM) continue;
      this.stems.set(form, stem);
      this.counts.set(stem, count);
    }
    for (const stem of this.counts.keys()) if (!this.stems.has(stem)) this.stems.set(stem, stem);
  }

  /** The forms it knows, in the order of the code units, as they are kept in a file. */
  forms(): KnownForm[] {
    return [...this.stems]
      .map(([form, stem]) => ({ form, stem, count: this.counts.get(stem) ?? 0 }))
      .sort((a, b) => (a.form < b.form ? -1 : 1));
  }

  /** Stems of the parts of a folded word (`qualitatsprufung`: `qualitat`, `prufung`), without repetition; empty for a word that is no compound. */
  parts(folded: string): readonly string[] {
    if (folded.length < SHORTEST_COMPOUND) return NONE;
    const cached = this.cache.get(folded);
    if (cached) return cached;
    const parts = this.split(folded);
    if (this.cache.size >= CACHE_LIMIT) this.cache.clear();
    this.cache.set(folded, parts);
    return parts;
  }

  private split(folded: string): readonly string[] {
    const end = folded.length;
    const whole = this.stems.get(folded);
    // One row for each number of parts, one place for each letter: the best way to get there with so many parts.
    let row = new Map<number, Way>([[0, { logs: 0, parts: [] }]]);
    let best: readonly string[] = NONE;
    let bestMean = Math.log(this.counts.get(whole ?? '') ?? 1) - ROUNDING;
    for (let number = 1; number <= MOST_PARTS; number++) {
      const next = new Map<number, Way>();
      for (const [from, way] of row) {
        for (let to = from + SHORTEST_PART; to <= end; to++) {
          if (to < end ? end - to < SHORTEST_PART : from === 0) continue;
          const stem = this.partAt(folded, from, to);
          if (stem === undefined || stem === whole) continue;
          const logs = way.logs + Math.log(this.counts.get(stem) ?? 1);
          const known = next.get(to);
          if (!known || logs > known.logs) next.set(to, { logs, parts: [...way.parts, stem] });
        }
      }
      const complete = next.get(end);
      if (complete && complete.logs / number > bestMean) {
        best = [...new Set(complete.parts)];
        bestMean = complete.logs / number;
      }
      next.delete(end);
      row = next;
    }
    return best;
  }

  private partAt(folded: string, from: number, to: number): string | undefined {
    const piece = folded.slice(from, to);
    const known = this.stems.get(piece);
    if (known !== undefined || to === folded.length) return known;
    for (const link of LINKING) {
      if (piece.length - link.length < SHORTEST_PART || !piece.endsWith(link)) continue;
      const stem = this.stems.get(piece.slice(0, -link.length));
      if (stem !== undefined) return stem;
    }
    // Schul|hof, Sprach|kurs: the e of the first word has gone.
    return this.stems.get(`${piece}e`);
  }
}

interface Way {
  logs: number;
  parts: string[];
}
