export { type Analysis, analyse, analyseIn, stem, type Token } from './analysis.js';
export type { Concept } from './concept.js';
export { fold, foldLabel } from './fold.js';
export { Lexicon, type Translation } from './lexicon/lexicon.js';
export { ownLexiconSource } from './lexicon/own-source.js';
export { type LexiconSource, trainLexicon } from './lexicon/train.js';
export type { LinkedConcept, LinkResult } from './linker.js';
export { GRAM_BUCKETS, gramsOf } from './reference/grams.js';
export { KeepReference1795200000003 } from './reference/reference.migration.js';
export {
  activeReferences,
  keepLexicon,
  keepReferences,
  lexiconOf,
  REFERENCE_CHANNEL,
  type ReferenceImport,
  type ReferenceVersion,
  readReferences,
  referenceVersionOf,
  removeReference,
} from './reference/reference.store.js';
export { type RankedConcept, type RankOptions, ReferenceTaxonomy } from './reference/reference.taxonomy.js';
export { REFERENCE_KINDS, type ReferenceConcept, type ReferenceKind } from './reference/reference-concept.js';
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
  regionOf,
  territoryCodes,
  territoryLabel,
  territorySign,
} from './territories.js';
