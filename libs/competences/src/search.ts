import type { Lang } from '#libs/contracts';
import type { Concept } from './concept.js';
import { beginningDistance } from './edit-distance.js';
import { foldLabel } from './fold.js';
import { LANGUAGES } from './identify.js';

export interface SearchHit {
  id: string;
  /** Preferred label in the language asked for. */
  label: string;
  lang: Lang;
  broader: string | null;
  /** The label that met the query, and its language. */
  matched: { label: string; lang: Lang };
  /** Set where the label only resembles what was typed. */
  slip: boolean;
}

interface Entry {
  concept: Concept;
  lang: Lang;
  label: string;
  folded: string;
  preferred: boolean;
}

const QUERY_LIMIT = 80;
const SLIP = 30;

/** Autocomplete over all labels: beginnings first, then beginnings of words, then slips of the pen. */
export class LabelSearch {
  private readonly entries: Entry[];
  /** Every distinct word of the labels and the entries that have it. */
  private readonly byWord = new Map<string, Entry[]>();

  constructor(concepts: readonly Concept[]) {
    this.entries = concepts.flatMap((concept) =>
      LANGUAGES.flatMap((lang) =>
        concept.labels[lang].map((label, place) => ({
          concept,
          lang,
          label,
          folded: foldLabel(label),
          preferred: place === 0,
        })),
      ),
    );
    for (const entry of this.entries) {
      for (const word of new Set(entry.folded.split(' '))) {
        const list = this.byWord.get(word);
        if (list) list.push(entry);
        else this.byWord.set(word, [entry]);
      }
    }
  }

  search(query: string, lang: Lang, limit: number): SearchHit[] {
    const wanted = foldLabel(query.slice(0, QUERY_LIMIT));
    if (!wanted || limit < 1) return [];
    const best = new Map<string, { entry: Entry; rank: number }>();
    const keep = (entry: Entry, base: number) => {
      const rank = base + (entry.lang === lang ? 0 : 2) + (entry.preferred ? 0 : 1) + entry.folded.length / 1_000;
      const known = best.get(entry.concept.id);
      if (!known || rank < known.rank) best.set(entry.concept.id, { entry, rank });
    };
    for (const entry of this.entries) {
      const base = beginning(entry.folded, wanted);
      if (base !== undefined) keep(entry, base);
    }
    if (best.size === 0) for (const [entry, edits] of this.slips(wanted)) keep(entry, SLIP + 5 * edits);
    return [...best.values()]
      .sort((a, b) => a.rank - b.rank || (a.entry.concept.id < b.entry.concept.id ? -1 : 1))
      .slice(0, limit)
      .map(({ entry, rank }) => ({
        id: entry.concept.id,
        label: entry.concept.labels[lang][0] ?? entry.label,
        lang,
        broader: entry.concept.broader,
        matched: { label: entry.label, lang: entry.lang },
        slip: rank >= SLIP,
      }));
  }

  // Entries in which every word of the query stands, or a word that begins nearly like it, with the number of edits.
  private slips(wanted: string): Map<Entry, number> {
    let found: Map<Entry, number> | undefined;
    for (const word of wanted.split(' ')) {
      const bound = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
      const here = new Map<Entry, number>();
      for (const [known, entries] of this.byWord) {
        const edits = beginningDistance(word, known, bound);
        if (edits > bound) continue;
        for (const entry of entries) {
          const before = found ? found.get(entry) : 0;
          if (before !== undefined)
            here.set(entry, Math.min(here.get(entry) ?? Number.POSITIVE_INFINITY, before + edits));
        }
      }
      found = here;
    }
    return found ?? new Map();
  }
}

// Ranks lie ten apart so that language and preference only order within one kind of match.
function beginning(label: string, wanted: string): number | undefined {
  if (label === wanted) return 0;
  if (label.startsWith(wanted)) return 10;
  return ` ${label}`.includes(` ${wanted}`) ? 20 : undefined;
}
