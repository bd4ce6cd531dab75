import type { Lang } from '#libs/contracts';

/** One competence of the taxonomy. The first label of a language is the preferred one, the others are the words people use for it. */
export interface Concept {
  id: string;
  /** The next wider concept; null for the fields at the top. */
  broader: string | null;
  /** NACE Rev. 2.1 divisions in which the competence is at home; empty where it serves every sector. */
  nace: string[];
  /** URIs of the ESCO skills that mean the same or nearly the same. */
  closeMatch?: string[];
  labels: Record<Lang, string[]>;
}
