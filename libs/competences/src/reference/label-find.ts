import type { Lang } from '#libs/contracts';
import { LANGUAGES } from '../identify.js';
import type { LabelIndex } from './label-index.js';
import type { LabelLookup } from './label-lookup.js';
import type { MeaningSpace } from './meaning-space.js';

/** The labels of each language and what finds them. */
export type Languages = Record<Lang, { index: LabelIndex; lookup: LabelLookup; meaning: MeaningSpace | undefined }>;

/** The label that speaks best for a concept. */
export interface FoundConcept {
  concept: number;
  lang: Lang;
  label: number;
  /** Set where the label only resembles what was wanted. */
  slip: boolean;
}

const OTHER_LANGUAGE = 2;

/** Concepts whose labels in any language begin with, contain or nearly equal a folded text; best first, each by its best label. */
export function findLabels(
  languages: Languages,
  wanted: string,
  lang: Lang,
  limit: number,
  accepts: (concept: number) => boolean,
): FoundConcept[] {
  const best = new Map<number, FoundConcept & { rank: number }>();
  for (const way of ['beginning', 'words', 'slips'] as const) {
    // What the next way finds stands behind all that is found; slips are looked for only where nothing else is.
    if (best.size >= limit || (way === 'slips' && best.size > 0)) break;
    for (const one of LANGUAGES) {
      const { index, lookup } = languages[one];
      const found = way === 'beginning' ? lookup.beginning(wanted) : lookup.holding(wanted, way === 'slips');
      for (const { label, rank: own } of found) {
        const concept = index.conceptOf[label]!;
        if (!accepts(concept)) continue;
        const rank = own + (one === lang ? 0 : OTHER_LANGUAGE);
        const known = best.get(concept);
        if (!known || rank < known.rank) best.set(concept, { concept, lang: one, label, rank, slip: way === 'slips' });
      }
    }
  }
  return [...best.values()].sort((a, b) => a.rank - b.rank || a.concept - b.concept).slice(0, limit);
}
