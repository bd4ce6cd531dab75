import type { SubjectType } from '#libs/contracts';
import type { Candidate, LoadedEvidence } from './candidate.js';
import type { Filters } from './filters.js';
import { isOffer, type Need, type Preference } from './need.js';

/** Whom a search looks for, and how. */
export interface Question {
  need: Need;
  type: SubjectType;
  options: RankOptions;
  /** A second way to candidates: what they seek. */
  also?: Need | undefined;
  /** Who could answer, where needs are looked for. */
  answering?: Candidate | undefined;
  /** That subject's own wish for a side of the border. */
  prefer?: Preference | undefined;
}

export interface RankOptions {
  filters?: Filters | undefined;
  /** Constraints of the search engine that are not the caller's choice. */
  fixed?: string[];
  /** Never in the answer. */
  exclude?: (candidate: Candidate) => boolean;
  /** Evidence that counts; all of it unless told. */
  counts?: (evidence: LoadedEvidence, candidate: Candidate) => boolean;
  /** Also those who are too far from the need to be an answer. */
  all?: boolean;
  limit: number;
  now: Date;
}

export type Unfitness = 'own-firm' | 'not-a-need' | 'expired';

/** Why a firm or an opportunity is no answer whatever it is like: it is the asker's own, offers instead of asking, or is over. */
export function unfit(candidate: Candidate, own: string | null | undefined, now: Date): Unfitness | undefined {
  if (own && (candidate.owner ?? candidate.id) === own) return 'own-firm';
  if (candidate.type !== 'opportunity') return undefined;
  if (isOffer(candidate.opportunity?.type)) return 'not-a-need';
  const expiresAt = candidate.opportunity?.expiresAt;
  return expiresAt && Date.parse(expiresAt) <= now.getTime() ? 'expired' : undefined;
}
