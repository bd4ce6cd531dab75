import { describe, expect, it } from '@jest/globals';
import { keptCompetences } from './competences.js';

describe('Competences', () => {
  it('are kept with the id of the concept, in the words they were given', () => {
    expect(keptCompetences(['Bildverarbeitung', { competence: 'visione artificiale' }], 'it')).toEqual([
      { id: 'machine-vision', label: 'Bildverarbeitung' },
    ]);
  });

  it('given by id show the label of the language', () => {
    const [german] = keptCompetences([{ competence: 'machine-vision', level: 'basic' }], 'de');
    expect(german).toMatchObject({ id: 'machine-vision', level: 'basic' });
    expect(german?.label).not.toBe('machine-vision');
  });

  it('that nobody knows are kept as words, each once', () => {
    expect(keptCompetences(['Nodi da Lenza', 'nodi da lenza'], 'it')).toEqual([{ id: null, label: 'Nodi da Lenza' }]);
  });
});
