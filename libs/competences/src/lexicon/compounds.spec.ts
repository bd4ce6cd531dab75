import { describe, expect, it } from '@jest/globals';
import { Compounds } from './compounds.js';

const vocabulary = (words: [form: string, stem: string, count: number][]) =>
  new Compounds(words.map(([form, stem, count]) => ({ form, stem, count })));

describe('German compounds', () => {
  const compounds = vocabulary([
    ['qualitat', 'qualitat', 30],
    ['prufung', 'prufung', 20],
    ['verarbeitung', 'verarbeit', 20],
    ['bild', 'bild', 10],
    ['system', 'syst', 40],
    ['schule', 'schul', 10],
    ['hofe', 'hof', 10],
    ['werkzeug', 'werkzeug', 50],
    ['werk', 'werk', 9],
    ['zeug', 'zeug', 2],
    ['maschinen', 'maschin', 50],
  ]);

  it('are cut where the parts are known words, linking letters left out', () => {
    expect(compounds.parts('qualitatsprufung')).toEqual(['qualitat', 'prufung']);
    expect(compounds.parts('bildverarbeitungssystem')).toEqual(['bild', 'verarbeit', 'syst']);
    expect(compounds.parts('maschinensystem')).toEqual(['maschin', 'syst']);
    expect(compounds.parts('schulhofe')).toEqual(['schul', 'hof']);
  });

  it('stay whole where the whole is commoner than its parts, also inside a longer one', () => {
    expect(compounds.parts('werkzeug')).toEqual([]);
    expect(compounds.parts('werkzeugmaschinen')).toEqual(['werkzeug', 'maschin']);
  });

  it('stay whole where a letter is left over, and short words always', () => {
    expect(compounds.parts('qualitatxprufung')).toEqual([]);
    expect(compounds.parts('bild')).toEqual([]);
    expect(compounds.parts('bildbild')).toEqual(['bild']);
  });

  it('are found again from what is written to a file', () => {
    expect(new Compounds(compounds.forms()).forms()).toEqual(compounds.forms());
  });
});
