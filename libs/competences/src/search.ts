import type { Lang } from '#libs/contracts';
import type { Concept } from './concept.js';
import { foldLabel } from './fold.js';
import { LANGUAGES } from './identify.js';
import { editDistance } from './vocabulary.js';

export interface SearchHit {
  id: string;
  /** Preferred label in the language asked for. */
  label: string;
  lang: Lang;
  broader: string | null;
  /** The label that met the query, and its language. */
  matched: { label: string; lang: Lang };
}

interface Entry {
  concept: Concept;
  lang: Lang;
  label: string;
  folded: string;
  preferred: boolean;
}

const QUERY_LIMIT = 80;

/** Autocomplete over all labels: beginnings first, then beginnings of words, then slips of the pen. */
export class LabelSearch {
  private readonly entries: Entry[];

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
  }

  search(query: string, lang: Lang, limit: number): SearchHit[] {
    const wanted = foldLabel(query.slice(0, QUERY_LIMIT));
    if (!wanted || limit < 1) return [];
    const best = new Map<string, { entry: Entry; rank: number }>();
    const consider = (rank: (entry: Entry) => number | undefined) => {
      for (const entry of this.entries) {
        const base = rank(entry);
        if (base === undefined) continue;
        const value = base + (entry.lang === lang ? 0 : 2) + (entry.preferred ? 0 : 1) + entry.folded.length / 1_000;
        const known = best.get(entry.concept.id);
        if (!known || value < known.rank) best.set(entry.concept.id, { entry, rank: value });
      }
    };
    consider((entry) => beginning(entry.folded, wanted));
    if (best.size < limit && wanted.length >= 4) consider((entry) => slip(entry.folded, wanted));
    return [...best.values()]
      .sort((a, b) => a.rank - b.rank || (a.entry.concept.id < b.entry.concept.id ? -1 : 1))
      .slice(0, limit)
      .map(({ entry }) => ({
        id: entry.concept.id,
        label: entry.concept.labels[lang][0] ?? entry.label,
        lang,
        broader: entry.concept.broader,
        matched: { label: entry.label, lang: entry.lang },
      }));
  }
}

// Ranks lie ten apart so that language and preference only order within one kind of match.
function beginning(label: string, wanted: string): number | undefined {
  if (label === wanted) return 0;
  if (label.startsWith(wanted)) return 10;
  return ` ${label}`.includes(` ${wanted}`) ? 20 : undefined;
}

function slip(label: string, wanted: string): number | undefined {
  const bound = wanted.length >= 8 ? 2 : 1;
  for (const candidate of [label, ...label.split(' ')]) {
    // What is typed may be the beginning of a longer word, so only as much of it is compared (give or take the slip itself).
    for (const length of new Set([wanted.length, wanted.length + 1, wanted.length - 1])) {
      const distance = editDistance(candidate.slice(0, length), wanted, bound);
      if (distance <= bound) return 30 + distance * 5;
    }
  }
  return undefined;
}
