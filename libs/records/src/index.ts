export { insertMany, updateMany } from './bulk.js';
export { keptCompetences } from './competences.js';
export { forgetAnswers, Tombstone } from './erasure.js';
export { type Candidate, type ImportRequest, importRows } from './import-rows.js';
export { cursorAfter, idOfCursor, pageOfRows } from './page.js';
export { type PlaceInput, settlePlace, unknownTerritories } from './place.js';
export { invalid, notFound, type PointedError, revisionMismatch } from './problems.js';
export { recordsEntities, recordsMigrations } from './records.migration.js';
