import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import {
  type Actor,
  type CallContext,
  type Company,
  type CompanyCreate,
  companiesRpc,
  type Opportunity,
  type OpportunityCreate,
  opportunitiesRpc,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { Clock } from '#libs/service';
import { type TestService, testService } from '#libs/testing';
import { AppModule } from '../app.module.js';
import { dataSourceOptions } from '../data-source.js';
import type { Action } from './life-cycle.js';
import { OpportunityExpiryService } from './opportunity-expiry.service.js';

const as = (actor: Actor, more: Partial<CallContext> = {}): CallContext => ({
  actor,
  lang: 'it',
  requestId: 'test',
  ...more,
});
const coordinator = as({ kind: 'coordinator', territories: ['*'] });
const matching = as({ kind: 'service', name: 'matching' });
const stranger = as({ kind: 'firm', id: v7() });
const DAY = 24 * 60 * 60 * 1000;

/** Invented, like every firm in these tests. */
const FIRM: CompanyCreate = {
  name: 'Officina Prova',
  country: 'IT',
  territory: 'ITC43',
  languages: ['it'],
  sectors: [{ scheme: 'ATECO2025', code: '28.41.00' }],
};
const NEED: OpportunityCreate = {
  type: 'TR',
  title: 'Controllo difetti con telecamere',
  summary: 'Cerchiamo chi ci aiuti a vedere i difetti sui tessuti tecnici.',
  lang: 'it',
  competences: ['visione artificiale', 'occhio di falco per telai'],
};

describe('Opportunities', () => {
  let service: TestService;
  let company: Company;
  let owner: CallContext;
  beforeAll(async () => {
    service = await testService('companies', AppModule, dataSourceOptions);
    company = await service.rpc.call(companiesRpc.create, FIRM, coordinator);
    owner = as({ kind: 'firm', id: company.id });
  });
  afterAll(() => service.stop());

  const create = (input: Partial<OpportunityCreate> = {}, ctx = owner): Promise<Opportunity> =>
    service.rpc.call(opportunitiesRpc.create, { companyId: company.id, opportunity: { ...NEED, ...input } }, ctx);
  const get = ({ id }: { id: string }, ctx = owner): Promise<Opportunity> =>
    service.rpc.call(opportunitiesRpc.get, { id }, ctx);
  const act = ({ id }: { id: string }, action: Action, ctx = owner): Promise<Opportunity> =>
    service.rpc.call(opportunitiesRpc.act, { id, action }, ctx);
  const published = async (): Promise<Opportunity> => act(await create(), 'publish');
  const eventsOf = async ({ id }: { id: string }): Promise<string[]> => {
    const rows: { type: string; revision: number; reason?: string }[] = await service.db.query(
      `SELECT type, envelope->'data'->'revision' AS revision, envelope->'data'->>'reason' AS reason FROM outbox WHERE aggregate_id = $1 ORDER BY id`,
      [id],
    );
    return rows.map(({ type, revision, reason }) => [type, revision, reason].filter(Boolean).join(' '));
  };

  it('begin as drafts, which only the firm and coordinators see, and of which nobody is told', async () => {
    const draft = await create();
    expect(draft).toMatchObject({
      state: 'draft',
      revision: 1,
      openForInterest: true,
      competences: [{ id: 'machine-vision' }, { id: null, label: 'occhio di falco per telai' }],
      publishedAt: null,
    });
    expect(await get(draft)).toEqual(draft);
    expect(await get(draft, coordinator)).toEqual(draft);
    await expect(get(draft, stranger)).rejects.toMatchObject({ code: 'not-found' });
    expect(await eventsOf(draft)).toEqual([]);
  });

  it('end after the days that were chosen, which can be neither few nor many', async () => {
    const { id } = await create();
    const publish = (validDays: number) =>
      service.rpc.call(opportunitiesRpc.act, { id, action: 'publish', validDays }, owner);
    for (const validDays of [13, 366, 20.5])
      await expect(publish(validDays)).rejects.toMatchObject({
        code: 'invalid-body',
        errors: [{ pointer: '/validDays' }],
      });
    const need = await publish(30);
    expect(new Date(need.expiresAt!).getTime() - new Date(need.publishedAt!).getTime()).toBe(30 * DAY);
    await act(need, 'hold');
    await expect(publish(90)).rejects.toMatchObject({ code: 'wrong-state' });
  });

  it('are told when they are published, changed while public, and closed', async () => {
    const need = await published();
    expect(new Date(need.expiresAt!).getTime() - new Date(need.publishedAt!).getTime()).toBe(365 * DAY);
    const changed = await service.rpc.call(
      opportunitiesRpc.update,
      { id: need.id, revision: need.revision, patch: { trl: 6, text: 'Due telai da guardare.' } },
      owner,
    );
    expect(changed).toMatchObject({ revision: 3, trl: 6, title: NEED.title });
    await act(need, 'hold');
    await expect(get(need, stranger)).rejects.toMatchObject({ code: 'not-found' });
    await act(need, 'publish');
    expect(await get(need, stranger)).toMatchObject({ state: 'published' });
    await act(need, 'renew');
    await act(need, 'archive');
    expect(await eventsOf(need)).toEqual([
      'opportunity-published.v1 2',
      'opportunity-published.v1 3',
      'opportunity-closed.v1 4 on-hold',
      'opportunity-published.v1 5',
      'opportunity-published.v1 6',
      'opportunity-closed.v1 7 archived',
    ]);
  });

  it('refuse what their state does not allow, and say what it allows', async () => {
    const need = await published();
    await expect(act(need, 'publish')).rejects.toMatchObject({
      code: 'wrong-state',
      detail: expect.stringContaining('Possible now: hold, renew, archive'),
    });
    await act(need, 'archive');
    const change = { id: need.id, revision: 3, patch: { trl: 1 } };
    await expect(service.rpc.call(opportunitiesRpc.update, change, owner)).rejects.toMatchObject({
      code: 'wrong-state',
    });
  });

  it('are written by the firm and by coordinators alone', async () => {
    const need = await published();
    const change = { id: need.id, revision: need.revision, patch: { trl: 1 } };
    await expect(create({}, stranger)).rejects.toMatchObject({ code: 'not-found' });
    await expect(act(need, 'archive', stranger)).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.rpc.call(opportunitiesRpc.update, change, stranger)).rejects.toMatchObject({
      code: 'not-found',
    });
    const nowhere = { companyId: v7(), opportunity: NEED };
    await expect(service.rpc.call(opportunitiesRpc.create, nowhere, coordinator)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(await service.rpc.call(opportunitiesRpc.update, change, coordinator)).toMatchObject({ trl: 1 });
  });

  it('let one of two concurrent changes win', async () => {
    const need = await published();
    const change = (trl: number) =>
      service.rpc.call(opportunitiesRpc.update, { id: need.id, revision: need.revision, patch: { trl } }, owner);
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(change));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await eventsOf(need)).toHaveLength(2);
  });

  it('publish once for fifty equal requests with one idempotency key', async () => {
    const draft = await create();
    const ctx = as({ kind: 'firm', id: company.id }, { idempotencyKey: v7() });
    const answers = await Promise.all(Array.from({ length: 50 }, () => act(draft, 'publish', ctx)));
    expect(answers.every(({ revision }) => revision === 2)).toBe(true);
    expect(await eventsOf(draft)).toEqual(['opportunity-published.v1 2']);
  });

  it('carry the place, the languages and, where they name none, the sectors of their company', async () => {
    const firm = await service.rpc.call(companiesRpc.create, FIRM, coordinator);
    const own = as({ kind: 'firm', id: firm.id });
    const input = { companyId: firm.id, opportunity: NEED };
    const need = await service.rpc.call(opportunitiesRpc.create, input, own);
    await act(need, 'publish', own);
    const draft = await service.rpc.call(opportunitiesRpc.create, input, own);
    const ids = [need.id, draft.id, v7()];
    const factsFor = async (ctx: CallContext) => (await service.rpc.call(opportunitiesRpc.facts, { ids }, ctx)).items;
    expect(await factsFor(matching)).toEqual([
      expect.objectContaining({
        id: need.id,
        revision: 2,
        country: 'IT',
        territory: 'ITC43',
        languages: ['it'],
        sectors: firm.sectors,
      }),
      expect.objectContaining({ id: draft.id, state: 'draft' }),
    ]);
    expect((await factsFor(stranger)).map(({ id }) => id)).toEqual([need.id]);

    const moved = await service.rpc.call(
      companiesRpc.update,
      { id: firm.id, revision: 1, patch: { territory: 'CH070', name: 'Officina Trasferita' } },
      own,
    );
    expect(await factsFor(matching)).toMatchObject([{ id: need.id, revision: 3, country: 'CH' }, { revision: 1 }]);
    expect(await eventsOf(need)).toEqual(['opportunity-published.v1 2', 'opportunity-published.v1 3']);
    const cards = await service.rpc.call(opportunitiesRpc.cards, { ids }, stranger);
    expect(cards.items).toEqual([
      expect.objectContaining({
        id: need.id,
        title: NEED.title,
        company: { id: firm.id, name: 'Officina Trasferita', country: 'CH', territory: 'CH070' },
      }),
    ]);
    await service.rpc.call(companiesRpc.update, { id: firm.id, revision: moved.revision, patch: { people: 5 } }, own);
    expect(await eventsOf(need)).toHaveLength(2);
  });

  it('are listed newest first; strangers see what is or was public', async () => {
    const firm = await service.rpc.call(companiesRpc.create, FIRM, coordinator);
    const own = as({ kind: 'firm', id: firm.id });
    const made: Opportunity[] = [];
    for (const title of ['Una', 'Due', 'Tre']) {
      const input = { companyId: firm.id, opportunity: { ...NEED, title } };
      made.push(await service.rpc.call(opportunitiesRpc.create, input, own));
    }
    await act(made[1]!, 'publish', own);
    const list = async (ctx: CallContext, query = {}) => {
      const page = await service.rpc.call(opportunitiesRpc.list, { companyId: firm.id, limit: 2, ...query }, ctx);
      return { titles: page.items.map(({ title }) => title), next: page.nextCursor };
    };
    const first = await list(own);
    expect(first.titles).toEqual(['Tre', 'Due']);
    expect(await list(own, { cursor: first.next })).toEqual({ titles: ['Una'], next: null });
    expect((await list(own, { state: 'draft' })).titles).toEqual(['Tre', 'Una']);
    expect((await list(stranger)).titles).toEqual(['Due']);
    expect((await list(stranger, { state: 'draft' })).titles).toEqual([]);
  });

  it('that are anonymous show their firm to itself and coordinators alone, in events and cards to nobody', async () => {
    const firm = await service.rpc.call(companiesRpc.create, { ...FIRM, name: 'Torneria Velata' }, coordinator);
    const own = as({ kind: 'firm', id: firm.id });
    const input = { companyId: firm.id, opportunity: { ...NEED, anonymous: true } };
    const draft = await service.rpc.call(opportunitiesRpc.create, input, own);
    const need = await act(draft, 'publish', own);
    expect(need).toMatchObject({ anonymous: true, companyId: firm.id });
    expect(await get(need, coordinator)).toMatchObject({ companyId: firm.id });
    const seen = await get(need, stranger);
    expect(seen).toMatchObject({ anonymous: true, companyId: null, title: NEED.title });
    const { items: cards } = await service.rpc.call(opportunitiesRpc.cards, { ids: [need.id] }, matching);
    expect(cards).toEqual([expect.objectContaining({ company: null, country: 'IT', territory: 'ITC4' })]);
    const { items: facts } = await service.rpc.call(opportunitiesRpc.facts, { ids: [need.id] }, matching);
    expect(facts).toMatchObject([
      {
        anonymous: true,
        companyId: firm.id,
        territory: 'ITC4',
        sectors: [{ scheme: 'NACE2.1', code: '28', nace: '28' }],
      },
    ]);
    const listed = async (ctx: CallContext) =>
      (await service.rpc.call(opportunitiesRpc.list, { companyId: firm.id }, ctx)).items.map(({ id }) => id);
    expect(await listed(own)).toEqual([need.id]);
    expect(await listed(stranger)).toEqual([]);

    // A change that followed its firm's changes would tell whose it is.
    await service.rpc.call(companiesRpc.update, { id: firm.id, revision: 1, patch: { name: 'Torneria Svelata' } }, own);
    expect((await get(need, stranger)).revision).toBe(need.revision);
    await act(need, 'hold', own);
    const told: { envelope: { data: object } }[] = await service.db.query(
      'SELECT envelope FROM outbox WHERE aggregate_id = $1',
      [need.id],
    );
    expect(told).toHaveLength(2);
    expect(JSON.stringify(told)).not.toContain(firm.id);
  });

  it('can give up their anonymity at any time, and take it only where nobody has read the name', async () => {
    const patch = (need: Opportunity, anonymous: boolean) =>
      service.rpc.call(opportunitiesRpc.update, { id: need.id, revision: need.revision, patch: { anonymous } }, owner);
    const need = await published();
    await expect(patch(need, true)).rejects.toMatchObject({ code: 'wrong-state' });
    const hidden = await act(await patch(await act(need, 'hold'), true), 'publish');
    expect((await get(hidden, stranger)).companyId).toBeNull();
    expect((await patch(hidden, false)).anonymous).toBe(false);
    expect((await get(hidden, stranger)).companyId).toBe(company.id);
  });

  it('that are anonymous are refused where their own words name the firm', async () => {
    const named = { anonymous: true, summary: 'La Officina PROVA cerca telecamere.' };
    await expect(create(named)).rejects.toMatchObject({ code: 'invalid-body', errors: [{ pointer: '/summary' }] });
    const draft = await create({ summary: named.summary });
    const hide = { id: draft.id, revision: draft.revision, patch: { anonymous: true } };
    await expect(service.rpc.call(opportunitiesRpc.update, hide, owner)).rejects.toMatchObject({
      code: 'invalid-body',
    });
    expect(await get(draft)).toMatchObject({ anonymous: false, revision: 1 });
  });

  it('tell of their end 30 and 7 days before, once each, and anew after a renewal', async () => {
    const need = await published();
    const hidden = await act(await create({ anonymous: true }), 'publish');
    const copies = [
      service.provided(OpportunityExpiryService),
      new OpportunityExpiryService(service.db, service.provided(Outbox), service.provided(Clock)),
    ];
    const runAt = (days: number) => Promise.all(copies.map((job) => job.run(new Date(Date.now() + days * DAY))));
    const warnings = async ({ id }: { id: string }) => {
      const rows: { data: { days: number; companyId?: string } }[] = await service.db.query(
        `SELECT envelope->'data' AS data FROM outbox WHERE aggregate_id = $1 AND type = 'opportunity-expiring.v1' ORDER BY id`,
        [id],
      );
      return rows.map(({ data }) => [data.days, data.companyId]);
    };
    await runAt(334);
    expect(await warnings(need)).toEqual([]);
    await runAt(336);
    await runAt(340);
    expect(await warnings(need)).toEqual([[30, company.id]]);
    await runAt(359);
    await runAt(360);
    expect(await warnings(need)).toEqual([
      [30, company.id],
      [7, company.id],
    ]);
    expect(await warnings(hidden)).toEqual([
      [30, undefined],
      [7, undefined],
    ]);
    await act(need, 'renew');
    await runAt(2 * 365 - 6);
    expect((await warnings(need)).at(-1)).toEqual([7, company.id]);
    expect(await warnings(need)).toHaveLength(3);
  });

  it('expire on time, are archived two years later and go after two more', async () => {
    const need = await published();
    const held = await act(await published(), 'hold');
    const draft = await create();
    // A second copy of the job stands for a second copy of the service.
    const copies = [
      service.provided(OpportunityExpiryService),
      new OpportunityExpiryService(service.db, service.provided(Outbox), service.provided(Clock)),
    ];
    const runAt = (days: number) => Promise.all(copies.map((job) => job.run(new Date(Date.now() + days * DAY))));

    await runAt(364);
    expect(await get(need)).toMatchObject({ state: 'published' });
    await runAt(366);
    expect(await get(need, stranger)).toMatchObject({ state: 'expired', revision: 3 });
    expect(await get(held)).toMatchObject({ state: 'expired' });
    expect(await eventsOf(need)).toEqual([
      'opportunity-published.v1 2',
      'opportunity-expiring.v1 2',
      'opportunity-closed.v1 3 expired',
    ]);
    expect((await eventsOf(held)).at(-1)).toBe('opportunity-closed.v1 3 on-hold');
    await runAt(366 + 729);
    expect(await get(need)).toMatchObject({ state: 'expired' });
    await runAt(366 + 732);
    expect(await get(need)).toMatchObject({ state: 'archived' });
    await runAt(366 + 2 * 732);
    await expect(get(need)).rejects.toMatchObject({ code: 'not-found' });
    expect(await get(draft)).toMatchObject({ state: 'draft' });
  });
});
