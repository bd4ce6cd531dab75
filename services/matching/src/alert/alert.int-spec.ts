import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Actor, ALERTS_MAX, type AlertCreate, alertsRpc, type Problem } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';

const TEXT = 'visione artificiale per controllare i tessuti tecnici';
const VISIONARY = { competences: [competence('machine-vision', 'expert'), competence('technical-textiles')] };
const NEED = {
  title: 'Visione artificiale per il controllo dei tessuti',
  summary: 'Cerchiamo chi ci aiuti a trovare con telecamere i difetti su tessuti tecnici durante la tessitura.',
};

describe('Saved searches', () => {
  let service: Running;
  let firm: string;
  let asFirm: Actor;

  beforeAll(async () => {
    service = await running();
    await service.owners.expert({ competences: [competence('patent-strategy')], text: 'Brevetti.' });
    await service.owners.expert(VISIONARY);
  });
  afterAll(() => service.stop());
  beforeEach(async () => {
    firm = await service.owners.company({ offers: [competence('technical-textiles')] });
    asFirm = { kind: 'firm', id: firm };
    await eventually(() => service.settled());
  });

  const save = (given: Partial<AlertCreate> = {}, actor = asFirm) =>
    service.call(alertsRpc.create, { seek: 'experts', text: TEXT, rhythm: 'now', ...given }, actor);
  const told = async (alertId: string) =>
    (await service.published())
      .filter(({ type, data }) => type === 'alert-matched.v1' && data.alertId === alertId)
      .map(({ data }) => data);
  const settled = () => eventually(() => service.settled());

  it('tell once of each new match, and never of what was there before or does not fit', async () => {
    const alert = await save();
    expect(alert).toMatchObject({ hits: 0, lastHitAt: null, rhythm: 'now', seek: 'experts' });
    const expert = await service.owners.expert(VISIONARY);
    await service.owners.expert({ competences: [competence('patent-strategy')] });
    await settled();
    const [first] = await eventually(async () => {
      const events = await told(alert.id);
      expect(events).toHaveLength(1);
      return events;
    });
    expect(first).toEqual({
      ...{ alertId: alert.id, ownerKind: 'firm', ownerId: firm, revision: 1 },
      ...{ subjectType: 'expert', subjectIds: [expert], hits: 1 },
    });
    // Changed ones, also those that were there before, are nothing new.
    for (const id of service.owners.experts.keys()) await service.owners.expert({ text: 'Telecamere.' }, id);
    await settled();
    const later = await service.owners.expert(VISIONARY);
    await eventually(async () =>
      expect((await told(alert.id)).map((one) => one.subjectIds)).toEqual([[expert], [later]]),
    );
    expect(await service.call(alertsRpc.get, { id: alert.id }, asFirm)).toMatchObject({
      hits: 2,
      lastHitAt: expect.any(String),
    });
  });

  it('tell nothing while they are paused, and of what is new once they go on', async () => {
    const { id } = await save();
    const update = async (paused: boolean) => {
      const { revision } = await service.call(alertsRpc.get, { id }, asFirm);
      return service.call(alertsRpc.update, { id, revision, patch: { paused } }, asFirm);
    };
    expect(await update(true)).toMatchObject({ paused: true });
    const meanwhile = await service.owners.expert(VISIONARY);
    await settled();
    expect(await update(false)).toMatchObject({ paused: false });
    // What came during the pause is nothing new either when it changes afterwards.
    await service.owners.expert({ text: 'Telecamere.' }, meanwhile);
    const later = await service.owners.expert(VISIONARY);
    await settled();
    await eventually(async () => expect(await told(id)).toMatchObject([{ subjectIds: [later], hits: 1 }]));
    expect(await service.call(alertsRpc.get, { id }, asFirm)).toMatchObject({ paused: false, hits: 1 });
  });

  it('that are paused do not tell of what they had found before', async () => {
    const { id } = await save();
    // Found, and about to be told.
    await service.query(
      `INSERT INTO alert_hit (alert_id, subject_id, known, score, found_at) SELECT $1, id, false, 1, now() FROM subject WHERE type = 'expert' AND open
       ON CONFLICT (alert_id, subject_id) DO UPDATE SET known = false, told_at = NULL`,
      [id],
    );
    await service.call(alertsRpc.update, { id, revision: 1, patch: { paused: true } }, asFirm);
    await service.query('UPDATE alert SET due_at = now() WHERE id = $1', [id]);
    await eventually(async () =>
      expect(await service.query('SELECT 1 FROM alert WHERE id = $1 AND due_at IS NULL', [id])).toHaveLength(1),
    );
    expect(await told(id)).toEqual([]);
  });

  it('find those who have changed so that they fit now', async () => {
    const expert = await service.owners.expert({ competences: [competence('welding')] });
    await settled();
    const alert = await save();
    await service.owners.expert(VISIONARY, expert);
    await eventually(async () => expect(await told(alert.id)).toMatchObject([{ subjectIds: [expert] }]));
  });

  it('find partners and needs too, but never what is their owner’s own', async () => {
    const partners = await save({ seek: 'partners' });
    const needs = await save({ seek: 'opportunities' });
    const other = await service.owners.company({ offers: VISIONARY.competences, text: TEXT });
    await service.owners.company({ offers: VISIONARY.competences, text: TEXT }, firm);
    await service.owners.need(firm, NEED);
    const need = await service.owners.need(other, NEED);
    await settled();
    await eventually(async () => {
      expect(await told(partners.id)).toMatchObject([{ subjectType: 'company', subjectIds: [other] }]);
      expect(await told(needs.id)).toMatchObject([{ subjectType: 'opportunity', subjectIds: [need] }]);
    });
  });

  it('of an expert find needs as that expert would', async () => {
    const expert = await service.owners.expert(VISIONARY);
    await settled();
    const alert = await save({ seek: 'opportunities' }, { kind: 'expert', id: expert });
    const need = await service.owners.need(firm, NEED);
    await eventually(async () =>
      expect(await told(alert.id)).toMatchObject([{ ownerKind: 'expert', ownerId: expert, subjectIds: [need] }]),
    );
  });

  it('tell of nobody who cannot be asked, until they can', async () => {
    const alert = await save();
    const busy = await service.owners.expert({ ...VISIONARY, capacity: 1 }, undefined, true);
    await service.owners.load(busy, { open: 1 });
    await settled();
    await service.owners.expert({}, busy);
    await settled();
    expect(await told(alert.id)).toEqual([]);
    await service.owners.load(busy, { open: 0 });
    await eventually(async () => expect(await told(alert.id)).toMatchObject([{ subjectIds: [busy] }]));
  });

  it('hold to their filters', async () => {
    const alert = await save({ filters: { country: 'CH' } });
    await service.owners.expert(VISIONARY);
    const swiss = await service.owners.expert({ ...VISIONARY, country: 'CH', territory: 'CH070' });
    await settled();
    await eventually(async () => expect(await told(alert.id)).toMatchObject([{ subjectIds: [swiss], hits: 1 }]));
  });

  it('tell together of what they find together, the best first, and not of what has gone meanwhile', async () => {
    const { owners } = service;
    const alert = await save();
    const full = { capacity: 1, text: TEXT };
    const modest = await owners.expert({ ...full, competences: [competence('machine-vision', 'advanced')] });
    const best = await owners.expert({ ...full, ...VISIONARY });
    const gone = await owners.expert({ ...full, ...VISIONARY });
    const ids = [modest, best, gone];
    for (const id of ids) await owners.load(id, { open: 1 });
    await settled();
    for (const id of ids) await owners.expert({}, id);
    await settled();
    await owners.expert({ listed: false }, gone);
    await settled();
    const before = await told(alert.id);
    // All have room in the same moment.
    await service.query(
      `WITH freed AS (UPDATE load SET open = 0, changed_at = clock_timestamp() WHERE expert_id = ANY($1::uuid[]) RETURNING expert_id)
      INSERT INTO alert_subject (type, id) SELECT 'expert', expert_id FROM freed`,
      [ids],
    );
    await settled();
    await eventually(async () =>
      expect((await told(alert.id)).slice(before.length)).toMatchObject([{ subjectIds: [best, modest], hits: 2 }]),
    );
  });

  it('do not tell of what has gone between being found and being told', async () => {
    const alert = await save({ text: 'brevetti' });
    const gone = await service.owners.expert({ listed: false, competences: [competence('welding')] });
    const there = await service.owners.expert({ competences: [competence('welding')] });
    await settled();
    // Found a moment ago, both of them.
    await service.query(
      `WITH found AS (INSERT INTO alert_hit (alert_id, subject_id, known, score, found_at) SELECT $1, id, false, 0.5, now() FROM unnest($2::uuid[]) AS n (id))
       UPDATE alert SET due_at = now() WHERE id = $1`,
      [alert.id, [gone, there]],
    );
    await eventually(async () => expect(await told(alert.id)).toMatchObject([{ subjectIds: [there], hits: 1 }]));
  });

  it('are seen, changed and removed by their owner alone', async () => {
    const { id } = await save({ name: 'Telai' });
    const stranger: Actor = { kind: 'firm', id: uuid() };
    const strangers = [
      service.call(alertsRpc.get, { id }, stranger),
      service.call(alertsRpc.update, { id, revision: 1, patch: { name: 'x' } }, stranger),
      service.call(alertsRpc.remove, { id }, stranger),
    ];
    for (const refused of strangers) await expect(refused).rejects.toMatchObject({ code: 'not-found' });
    expect((await service.call(alertsRpc.list, {}, stranger)).items).toEqual([]);
    await expect(save({}, { kind: 'coordinator', territories: ['*'] })).rejects.toMatchObject({ code: 'forbidden' });
    const changed = await service.call(alertsRpc.update, { id, revision: 1, patch: { name: null } }, asFirm);
    expect(changed).toMatchObject({ name: null, text: TEXT, revision: 2 });
    await expect(
      service.call(alertsRpc.update, { id, revision: 1, patch: { name: 'y' } }, asFirm),
    ).rejects.toMatchObject({ code: 'revision-mismatch' });
    await expect(
      service.call(alertsRpc.update, { id, revision: 2, patch: { text: null } }, asFirm),
    ).rejects.toMatchObject({ code: 'invalid-body' });
    await service.call(alertsRpc.remove, { id }, asFirm);
    await expect(service.call(alertsRpc.get, { id }, asFirm)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('that now seek something else take what is there already as known', async () => {
    const alert = await save({ text: 'brevetti e marchi' });
    const { revision } = await service.call(
      alertsRpc.update,
      { id: alert.id, revision: 1, patch: { text: TEXT } },
      asFirm,
    );
    for (const id of service.owners.experts.keys()) await service.owners.expert({}, id);
    await settled();
    expect(await told(alert.id)).toEqual([]);
    const fresh = await service.owners.expert(VISIONARY);
    await eventually(async () => expect(await told(alert.id)).toMatchObject([{ subjectIds: [fresh], revision }]));
  });

  it('are at most twenty for each owner, also where many are saved at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: ALERTS_MAX + 4 }, () => save()));
    const refused = made.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Problem).code] : []));
    expect(refused).toEqual(Array.from({ length: 4 }, () => 'conflict'));
    const first = await service.call(alertsRpc.list, { limit: 15 }, asFirm);
    const second = await service.call(alertsRpc.list, { limit: 15, cursor: first.nextCursor! }, asFirm);
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([15, 5, null]);
  });

  it('go with their owner, and cannot come back', async () => {
    const { id } = await save({ name: 'Segreta' });
    await service.query(
      `INSERT INTO idempotency (actor, key, operation, request_hash, response) VALUES ($1, 'k', 'o', 'h', '{"value": {"name": "Segreta"}}')`,
      [`firm:${firm}`],
    );
    await service.owners.eraseCompany(firm);
    await settled();
    expect(await service.query('SELECT 1 FROM alert WHERE owner_id = $1', [firm])).toEqual([]);
    expect((await service.call(alertsRpc.byIds, { ids: [id] })).items).toEqual([]);
    expect(await service.query('SELECT 1 FROM idempotency WHERE actor = $1', [`firm:${firm}`])).toEqual([]);
    await expect(save()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are given by id with their owner, for those who tell them', async () => {
    const { id } = await save({ name: 'Telai', lang: 'it' });
    const { items } = await service.call(alertsRpc.byIds, { ids: [id, uuid()] });
    expect(items).toMatchObject([{ id, ownerKind: 'firm', ownerId: firm, name: 'Telai', lang: 'it', seek: 'experts' }]);
  });
});
