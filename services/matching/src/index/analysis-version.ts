import { createHash } from 'node:crypto';
import { Taxonomy } from '#libs/competences';

/** To be counted up when the analysis of texts changes in a way that stored features should follow. */
const STEPS = 2;

/** Names the analysis that makes features of texts: another taxonomy or other steps make another version. */
export const ANALYSIS_VERSION = `${STEPS}-${createHash('sha256').update(JSON.stringify(Taxonomy.own().concepts())).digest('hex').slice(0, 12)}`;
