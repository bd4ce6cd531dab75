export { type Analysis, analyse, analyseIn, stem, type Token } from './analysis.js';
export type { Concept } from './concept.js';
export { fold, foldLabel } from './fold.js';
export type { LinkedConcept, LinkResult } from './linker.js';
export type { SearchHit } from './search.js';
export { type NaceSector, naceOf, type SectorScheme, sectorLabel, sectorNearness } from './sectors.js';
export { GENERIC_WORDS } from './stop-words.js';
export { Taxonomy } from './taxonomy.js';
export {
  countryName,
  countryOf,
  findTerritory,
  isTerritory,
  nearness,
  territoryCodes,
  territoryLabel,
} from './territories.js';
