import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import { keepReferences, type ReferenceConcept, removeReference } from '#libs/competences';
import { type ExplainAnswer, type MatchAnswer, matchingRpc } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { COORDINATOR, type Running, running } from '../../test/running.js';

const BRAIDING = 'http://example.org/skill/braiding';
/** Invented. */
const CONCEPTS: ReferenceConcept[] = [
  // A group that is known by its code alone.
  {
    id: 'http://example.org/group/straw',
    kind: 'group',
    broader: [],
    labels: { it: [], en: [], de: [], fr: [] },
  },
  {
    id: BRAIDING,
    kind: 'skill',
    broader: ['http://example.org/group/straw'],
    labels: { it: ['intrecciare paglia'], en: ['plait straw'], de: ['Stroh flechten'], fr: ['tresser la paille'] },
  },
  {
    id: 'http://example.org/skill/bells',
    kind: 'skill',
    broader: [],
    labels: { it: ['fondere campane'], en: [], de: [], fr: [] },
  },
];

describe('With an imported taxonomy', () => {
  let service: Running;
  let expert: string;
  // What is imported is read in single statements here: the mirror's own tests see to it that they belong together.
  const manager = () => ({ query: service.query }) as unknown as EntityManager;
  const match = () =>
    service.match({ text: 'Wir suchen jemanden, der Stroh flechten kann', lang: 'de' }, COORDINATOR, 'fr');
  const explain = () =>
    service.call(
      matchingRpc.explain,
      { text: 'Stroh flechten', lang: 'de', seek: 'experts', subject: { type: 'expert', id: expert } },
      COORDINATOR,
      'fr',
    );
  const related = (reasons: MatchAnswer['items'][number]['reasons'] | ExplainAnswer['reasons'] | undefined) =>
    reasons?.find(({ code }) => code === 'text-related');

  beforeAll(async () => {
    service = await running();
    expert = await service.owners.expert({ competences: [{ id: null, label: 'intrecciare paglia' }] });
    await service.owners.expert({ competences: [{ id: null, label: 'fondere campane' }] });
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  it('evidence is read anew, meets needs in other languages, and says by which concept in the reader’s language', async () => {
    expect((await match()).items).toEqual([]);
    await keepReferences(manager(), [{ source: 'invented', attribution: null, concepts: CONCEPTS }]);
    await eventually(async () => expect((await match()).items[0]?.subject.id).toBe(expert), { timeout: 20_000 });
    const { items, understood } = await match();
    expect(items.map(({ subject }) => subject.id)).toEqual([expert]);
    expect(understood.competences).toMatchObject([{ id: BRAIDING, label: 'tresser la paille', source: 'imported' }]);
    expect(related(items[0]?.reasons)?.text).toContain('«\u00a0tresser la paille\u00a0»'.replaceAll('\u00a0', ' '));
    expect(related((await explain()).reasons)?.text).toContain('tresser la paille');
  });

  it('answers are as before when it is removed', async () => {
    await removeReference(manager(), 'invented');
    await eventually(async () => expect((await match()).items).toEqual([]), { timeout: 20_000 });
  });
});
