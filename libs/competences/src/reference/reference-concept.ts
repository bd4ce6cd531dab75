import type { Lang } from '#libs/contracts';

export const REFERENCE_KINDS = ['skill', 'occupation', 'group', 'sector'] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** A concept of an imported classification. */
export interface ReferenceConcept {
  /** The public identifier: a URI for ESCO, such as `noga2008:13.96` for lists of sectors. */
  id: string;
  kind: ReferenceKind;
  /** Ids of the next wider concepts; there may be several. */
  broader: string[];
  /** Code within the classification, such as an ISCO group or a NACE class. */
  code?: string;
  /** The preferred label first; empty where a language has none. */
  labels: Record<Lang, string[]>;
  descriptions?: Partial<Record<Lang, string>>;
}
