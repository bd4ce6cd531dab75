import { beforeAll, describe, expect, it } from '@jest/globals';
import { type ReferenceConcept, ReferenceTaxonomy, Taxonomy } from '#libs/competences';
import { completions } from './completions.js';

const own = Taxonomy.own();
const [WELDING] = own.get('welding')?.closeMatch ?? [];
const concept = (id: string, en: string, more: Partial<ReferenceConcept> = {}): ReferenceConcept => ({
  id,
  kind: 'skill',
  broader: [],
  ...more,
  labels: { it: [], en: [en], de: [], fr: [], ...more.labels },
});

describe('Completing a competence', () => {
  let imported: ReferenceTaxonomy;
  const ids = (typed: string, limit = 10) => completions(own, imported, typed, 'en', limit).map(({ id }) => id);

  beforeAll(async () => {
    imported = await ReferenceTaxonomy.build(
      [
        // Invented labels; only the first id is one that an own competence closely matches.
        concept(WELDING ?? '', 'fusing plates'),
        concept('uri:basket', 'plait baskets', {
          broader: ['uri:crafts'],
          labels: { it: ['cesteria'], en: ['plait baskets'], de: [], fr: [] },
        }),
        concept('uri:robots', 'robotics of puppets'),
        concept('uri:crafts', 'plaiting crafts', { kind: 'group' }),
      ],
      'v1',
    );
  });

  it('answers from the own competences alone where nothing is imported', () => {
    expect(completions(own, undefined, 'weldi', 'it', 5)[0]).toEqual({
      id: 'welding',
      label: 'saldatura',
      broader: expect.any(String),
    });
    expect(completions(own, undefined, 'zzxxyy', 'it', 5)).toEqual([]);
  });

  it('finds what only the import has, in the language of the reader', () => {
    expect(completions(own, imported, 'plait bas', 'it', 5)).toEqual([
      { id: 'uri:basket', label: 'cesteria', broader: 'uri:crafts' },
    ]);
  });

  it('offers own competences before imported ones', () => {
    const found = ids('robotics');
    expect(found[0]).toBe('robotics');
    expect(found).toContain('uri:robots');
  });

  it('shows an imported skill that an own competence closely matches as the own one, once', () => {
    expect(WELDING).toBeDefined();
    expect(completions(own, imported, 'fusing pl', 'de', 5)).toEqual([
      { id: 'welding', label: 'Schweissen', broader: expect.any(String) },
    ]);
    expect(ids('welding').filter((id) => id === 'welding' || id === WELDING)).toEqual(['welding']);
  });

  it('offers what only resembles the typed word where nothing begins with it, neither own nor imported', async () => {
    const near = await ReferenceTaxonomy.build([concept('uri:welders', 'weldinx lore')], 'v1');
    expect(completions(own, near, 'weldinx', 'en', 5).map(({ id }) => id)).toEqual(['uri:welders']);
    expect(completions(own, near, 'weldinh', 'en', 5).map(({ id }) => id)).toContain('welding');
  });

  it('gives no more than asked for', () => {
    expect(ids('robotics', 1)).toEqual(['robotics']);
  });
});
