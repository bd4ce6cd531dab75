import { beforeAll, describe, expect, it } from '@jest/globals';
import { ReferenceTaxonomy } from './reference.taxonomy.js';
import type { ReferenceConcept } from './reference-concept.js';

const concept = (id: string, label: string, description: string): ReferenceConcept => ({
  id,
  kind: 'skill',
  broader: [],
  labels: { it: [], en: [label], de: [], fr: [] },
  descriptions: { en: description },
});

// Invented: brooks come with herons and reeds, kilns with clay and glaze, whatever the task is.
const TASKS = ['survey', 'paint', 'photograph', 'insure', 'rent', 'polish', 'inspect', 'describe', 'sketch', 'guard'];
const CONCEPTS = Array.from({ length: 1_200 }, (_, at) => {
  const task = `${TASKS[at % 10]} object${at}`;
  return at % 2 === 0
    ? concept(`s:${at}`, task, 'Where the brook runs, herons stand among reeds.')
    : concept(`s:${at}`, task, 'Where the kiln burns, clay takes its glaze.');
});
const BROOK = concept('t:brook', 'watch brooks', 'The brook with its herons and reeds.');
const KILN = concept('t:kiln', 'watch kilns', 'The kiln with its clay and glaze.');
const REEDS = concept('t:reeds', 'herons and reeds', 'Herons stand among reeds where the brook runs.');
const CLAY = concept('t:clay', 'clay and glaze', 'Clay takes its glaze where the kiln burns.');

describe('How words are used', () => {
  let taxonomy: ReferenceTaxonomy;
  const build = () => ReferenceTaxonomy.build([...CONCEPTS, BROOK, KILN, REEDS, CLAY], 'v1');
  const order = (text: string) =>
    taxonomy
      .rank(text, 'en', { limit: 10 })
      .map(({ id }) => id)
      .filter((id) => id === 't:brook' || id === 't:kiln');

  beforeAll(async () => {
    taxonomy = await build();
  });

  it('decides between labels that fit a text equally', () => {
    expect(order('we watch herons')).toEqual(['t:brook', 't:kiln']);
    expect(order('we watch clay')).toEqual(['t:kiln', 't:brook']);
  });

  it('gives the same scores every time', async () => {
    const again = await build();
    const text = 'watch herons and clay';
    expect(again.rank(text, 'en', { limit: 10 })).toEqual(taxonomy.rank(text, 'en', { limit: 10 }));
  });
});
