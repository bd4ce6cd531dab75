import type { Concept } from './concept.js';
import mechatronics from './taxonomy/mechatronics.json' with { type: 'json' };
import textiles from './taxonomy/textiles.json' with { type: 'json' };

/** The project's own competences, one file a field of work. */
export const CONCEPTS: readonly Concept[] = [...mechatronics, ...textiles];
