import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid, v5 } from 'uuid';
import { type Actor, learningRpc, matchingRpc, opportunityClosed } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';
import { WEIGHTS } from '../match/ranking.weights.js';
import { inventedAnswers, PARTS, type Parts, PLACE_COUNTS } from './answers.fixture.js';

const ADMIN: Actor = { kind: 'admin' };
const NEED = {
  title: 'Visione artificiale per il controllo dei tessuti',
  summary: 'Cerchiamo chi ci aiuti a trovare con telecamere i difetti su tessuti tecnici durante la tessitura.',
};

const NEAR_FIRST: Parts = {
  competences: 0.35,
  text: 0.15,
  sector: 0.01,
  territory: 0.47,
  language: 0.01,
  availability: 0.01,
};

describe('Learning from answers', () => {
  let service: Running;
  let firm: string;
  let strong: string;
  let near: string;
  let need: string;

  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    firm = await owners.company({ territory: 'ITC43', offers: [competence('technical-textiles')] });
    strong = await owners.expert({
      country: 'CH',
      territory: 'CH070',
      competences: [competence('machine-vision', 'expert'), competence('technical-textiles', 'expert')],
      text: 'Telecamere che trovano i difetti sui tessuti tecnici.',
    });
    near = await owners.expert({
      territory: 'ITC43',
      competences: [competence('machine-vision', 'advanced'), competence('technical-textiles', 'basic')],
    });
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  beforeEach(async () => {
    await service.query('DELETE FROM judged_pair');
    await service.query('DELETE FROM weights_switch');
    await service.query('DELETE FROM weights_version');
    await eventually(async () => expect((await answer()).weightsVersion).toBe(WEIGHTS.version));
    need = await owners().need(firm, NEED);
    await eventually(() => service.settled());
  });
  const owners = () => service.owners;
  const answer = () => service.match({ text: NEED.summary, companyId: firm });
  const learn = (request = {}) => service.call(learningRpc.learn, request, ADMIN);
  const judged = (columns: string) => service.query<Record<string, unknown>>(`SELECT ${columns} FROM judged_pair`);
  const suggestionFor = async (expert: string) =>
    (await service.suggestions({ opportunityId: need })).find((one) => one.subject.id === expert)!;
  const addAnswers = (right: Parts, needs = 60) =>
    service.query(
      `INSERT INTO judged_pair (id, opportunity_id, subject_type, subject_id, label, verdict, features, weights_version, judged_at)
       SELECT id, need, 'expert', id, label, 'accepted', features, 'test', now()
       FROM jsonb_to_recordset($1::jsonb) AS a (id uuid, need uuid, label real, features jsonb)`,
      [
        JSON.stringify(
          inventedAnswers(needs, right, 7).map(({ id, need, label, values }) => ({
            id: v5(id, v5.URL),
            need: v5(need, v5.URL),
            label,
            features: Object.fromEntries(PARTS.map((part, at) => [part, values[at]])),
          })),
        ),
      ],
    );
  /** A version as learning would have written it, under which place decides. */
  const addVersion = (version: string, builtIn: string = WEIGHTS.version, parts: Parts = NEAR_FIRST) =>
    service.query(
      `INSERT INTO weights_version (version, built_in, parts, based_on, report) SELECT $1, $2, $3, $2, report FROM (SELECT $4::jsonb AS report) AS r`,
      [
        version,
        builtIn,
        parts,
        JSON.stringify({
          judged: 0,
          used: 0,
          needs: 0,
          comparisons: 0,
          folds: 5,
          seed: 1,
          ndcg10: { before: 0, after: 0, p: 1 },
          mrr: { before: 0, after: 0, p: 1 },
          pairwise: { before: 0, after: 0, p: 1 },
          parts: { before: {}, after: {} },
        }),
      ],
    );

  it('keeps what a suggestion that is set aside was made of, and why, in the same step', async () => {
    const suggestion = await suggestionFor(strong);
    await service.call(matchingRpc.dismiss, { id: suggestion.id, reason: 'not-my-field' });
    const [row] = await judged('*');
    expect(row).toMatchObject({
      suggestion_id: suggestion.id,
      opportunity_id: need,
      subject_type: 'expert',
      subject_id: strong,
      label: 0,
      verdict: 'dismissed',
      reason: 'not-my-field',
      weights_version: WEIGHTS.version,
    });
    const features = row!.features as Parts;
    expect(Object.keys(features).sort()).toEqual([...PARTS].sort());
    for (const part of PARTS) {
      expect(features[part]).toBeLessThanOrEqual(1);
      expect(features[part] * WEIGHTS.parts[part]).toBeCloseTo(suggestion.parts[part], 3);
    }
  });

  it('takes a dismissal without a reason for a weak no, and a reason that comes later for what it says', async () => {
    const { id } = await suggestionFor(strong);
    await service.call(matchingRpc.dismiss, { id });
    expect(await judged('label, reason')).toEqual([{ label: 0.2, reason: null }]);
    await service.call(matchingRpc.dismiss, { id, reason: 'no-capacity' });
    expect(await judged('label, reason')).toEqual([{ label: null, reason: 'no-capacity' }]);
    const unknown = service.call(matchingRpc.dismiss, { id, reason: 'their-nose' as 'other' });
    await expect(unknown).rejects.toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/reason' }] });
  });

  it('forgets the answers about an expert who is erased, and those to a need that is', async () => {
    const late = await owners().expert({
      competences: [competence('machine-vision', 'expert'), competence('technical-textiles', 'expert')],
    });
    await eventually(async () => expect(await suggestionFor(late)).toBeDefined());
    for (const expert of [strong, late])
      await service.call(matchingRpc.dismiss, { id: (await suggestionFor(expert)).id });
    await owners().eraseExpert(late);
    await eventually(async () => expect(await judged('subject_id')).toEqual([{ subject_id: strong }]));
    const { revision } = owners().opportunities.get(need)!;
    await owners().publish(opportunityClosed, need, {
      opportunityId: need,
      companyId: firm,
      revision: revision + 1,
      reason: 'erased',
    });
    await eventually(async () => expect(await judged('subject_id')).toEqual([]));
  });

  it('proposes weights by which people answer; nobody ranks with them before an administrator says so', async () => {
    await addAnswers(PLACE_COUNTS);
    expect(await learn({ dryRun: true })).toMatchObject({ outcome: 'better', version: null });
    expect((await service.call(learningRpc.weights, {}, ADMIN)).items).toHaveLength(1);
    const version = `${WEIGHTS.version}-learned.1`;
    const learned = await learn();
    expect(learned).toMatchObject({ outcome: 'proposed', version, basedOn: WEIGHTS.version, judged: 360, used: 360 });
    const { items, switched } = await service.call(learningRpc.weights, {}, ADMIN);
    expect(items).toMatchObject([
      { version, state: 'proposed', active: false, basedOn: WEIGHTS.version, report: learned.report },
      { version: WEIGHTS.version, state: 'built-in', active: true, parts: WEIGHTS.parts },
    ]);
    expect(items[0]!.parts.territory).toBeGreaterThan(0.2);
    expect(items[0]!.parts).toEqual(learned.report!.parts.after);
    expect(switched).toBeNull();
    expect((await answer()).weightsVersion).toBe(WEIGHTS.version);
  });

  it('puts better weights to use at once when told to, and writes down that it did', async () => {
    await addAnswers(PLACE_COUNTS);
    const { outcome, version } = await learn({ apply: true });
    expect(outcome).toBe('applied');
    const { items, switched } = await service.call(learningRpc.weights, {}, ADMIN);
    expect(items[0]).toMatchObject({ version, state: 'adopted', active: true });
    expect(switched).toMatchObject({ by: 'admin' });
    expect((await answer()).weightsVersion).toBe(version);
  });

  it('proposes nothing where today’s weights say what people say', async () => {
    await addAnswers({ ...WEIGHTS.parts });
    const { outcome, report } = await learn();
    expect(outcome).toBe('not-better');
    expect(report!.ndcg10.p > 0.05 || report!.ndcg10.after <= report!.ndcg10.before).toBe(true);
    expect(await service.query('SELECT 1 FROM weights_version')).toEqual([]);
  });

  it('waits for enough answers to enough needs, and counts only those about fit', async () => {
    await addAnswers(PLACE_COUNTS, 15);
    expect(await learn({ min: 50 })).toMatchObject({ outcome: 'too-few', used: 90, minNeeds: 20, report: null });
    await service.query('DELETE FROM judged_pair');
    await addAnswers(PLACE_COUNTS, 60);
    expect(await learn({ min: 361 })).toMatchObject({ outcome: 'too-few', used: 360, needs: expect.any(Number) });
    await service.query('UPDATE judged_pair SET label = NULL WHERE label = 0');
    const { outcome, judged: all, used } = await learn();
    expect([outcome, all, used < 360]).toEqual(['too-few', 360, true]);
  });

  it('is switched by an administrator: the order changes, answers and suggestions name the version, and back', async () => {
    expect((await answer()).items.map((one) => one.subject.id)).toEqual([strong, near]);
    await addVersion('place-first');
    const list = await service.call(learningRpc.switchWeights, { version: 'place-first' }, ADMIN);
    expect(list.items.filter((one) => one.active).map((one) => one.version)).toEqual(['place-first']);
    expect(list.switched).toMatchObject({ by: 'admin' });
    const after = await answer();
    expect(after.weightsVersion).toBe('place-first');
    expect(after.items.map((one) => one.subject.id)).toEqual([near, strong]);
    await owners().need(firm, NEED, need);
    await eventually(async () => {
      const stored = await service.suggestions({ opportunityId: need });
      expect(stored.map((one) => [one.subject.id, one.weightsVersion])).toEqual([
        [near, 'place-first'],
        [strong, 'place-first'],
      ]);
    });
    await service.call(learningRpc.switchWeights, { version: WEIGHTS.version }, ADMIN);
    expect((await answer()).items.map((one) => one.subject.id)).toEqual([strong, near]);
    const rows = await service.query('SELECT version, switched_by FROM weights_switch ORDER BY id');
    expect(rows).toEqual([
      { version: 'place-first', switched_by: 'admin' },
      { version: WEIGHTS.version, switched_by: 'admin' },
    ]);
  });

  it('names the new version also where every score stays what it was, and gives older suggestions what is learned from', async () => {
    await service.query('UPDATE suggestion SET features = NULL');
    await owners().need(firm, NEED, need);
    const made = () =>
      service.query('SELECT weights_version FROM suggestion WHERE opportunity_id = $1 AND features IS NOT NULL', [
        need,
      ]);
    await eventually(async () => expect(await made()).toHaveLength(2));
    await addVersion('same', WEIGHTS.version, { ...WEIGHTS.parts });
    await service.call(learningRpc.switchWeights, { version: 'same' }, ADMIN);
    await owners().need(firm, NEED, need);
    await eventually(async () =>
      expect(await made()).toEqual([{ weights_version: 'same' }, { weights_version: 'same' }]),
    );
  });

  it('is noticed by a copy of the service that was not told, and after a restart', async () => {
    await addVersion('place-first');
    await service.query(`INSERT INTO weights_switch (version, switched_by) VALUES ('place-first', 'admin')`);
    await eventually(async () => expect((await answer()).weightsVersion).toBe('place-first'));
    await service.stopService();
    await service.start();
    expect((await answer()).weightsVersion).toBe('place-first');
  });

  it('leaves aside weights that were learned for other figures', async () => {
    await addVersion('of-old', '2020.1');
    const refused = service.call(learningRpc.switchWeights, { version: 'of-old' }, ADMIN);
    await expect(refused).rejects.toMatchObject({ code: 'wrong-state' });
    await addVersion('place-first');
    await service.call(learningRpc.switchWeights, { version: 'place-first' }, ADMIN);
    // A new release brings other figures.
    await service.query(`UPDATE weights_version SET built_in = '2020.1' WHERE version = 'place-first'`);
    await service.stopService();
    await service.start();
    expect((await answer()).weightsVersion).toBe(WEIGHTS.version);
    const { items } = await service.call(learningRpc.weights, {}, ADMIN);
    expect(items.map((one) => [one.version, one.state, one.active])).toEqual([
      ['place-first', 'outdated', false],
      ['of-old', 'outdated', false],
      [WEIGHTS.version, 'built-in', true],
    ]);
  });

  it('is for administrators alone', async () => {
    await addVersion('place-first');
    const others: Actor[] = [
      { kind: 'coordinator', territories: ['*'] },
      { kind: 'firm', id: firm },
      { kind: 'expert', id: strong },
      { kind: 'service', name: 'gateway' },
    ];
    for (const actor of others) {
      const forbidden = { code: 'forbidden' };
      await expect(service.call(learningRpc.weights, {}, actor)).rejects.toMatchObject(forbidden);
      await expect(service.call(learningRpc.learn, {}, actor)).rejects.toMatchObject(forbidden);
      const switching = service.call(learningRpc.switchWeights, { version: 'place-first' }, actor);
      await expect(switching).rejects.toMatchObject(forbidden);
    }
    const unknown = service.call(learningRpc.switchWeights, { version: uuid() }, ADMIN);
    await expect(unknown).rejects.toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/version' }] });
    expect((await answer()).weightsVersion).toBe(WEIGHTS.version);
  });
});
