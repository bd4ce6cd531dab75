import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import {
  type Actor,
  type CallContext,
  type Company,
  type CompanyCreate,
  companiesRpc,
  opportunitiesRpc,
} from '#libs/contracts';
import { type TestService, testService } from '#libs/testing';
import { AppModule } from '../app.module.js';
import { dataSourceOptions } from '../data-source.js';

const as = (actor: Actor, more: Partial<CallContext> = {}): CallContext => ({
  actor,
  lang: 'en',
  requestId: 'test',
  ...more,
});
const coordinator = as({ kind: 'coordinator', territories: ['*'] });
const stranger = as({ kind: 'firm', id: v7() });

/** Invented, like every firm in these tests. */
const WEAVER: CompanyCreate = {
  name: 'Tessitura Làriana Prova',
  country: 'IT',
  territory: 'ITC42',
  people: 34,
  languages: ['it', 'de'],
  sectors: [{ scheme: 'ATECO2025', code: '13.20.00' }],
  identifiers: [{ scheme: 'vat-it', value: 'IT 00743110157' }],
  text: 'Tessuti tecnici per filtri e protezione.',
  offers: ['tessuti tecnici', { competence: 'nodi marinari per lenze', level: 'expert' }],
  contact: { name: 'Persona Inventata', email: 'prova@example.org', phone: '+39 031 000000' },
};

describe('Companies', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await testService('companies', AppModule, dataSourceOptions);
  });
  afterAll(() => service.stop());

  const create = (input: Partial<CompanyCreate> = {}, ctx = coordinator): Promise<Company> =>
    service.rpc.call(companiesRpc.create, { ...WEAVER, identifiers: [], ...input }, ctx);
  const get = (id: string, ctx = coordinator): Promise<Company> => service.rpc.call(companiesRpc.get, { id }, ctx);
  const update = (company: Company, patch: object, ctx = coordinator): Promise<Company> =>
    service.rpc.call(companiesRpc.update, { id: company.id, revision: company.revision, patch }, ctx);
  const eventsOf = async (id: string): Promise<{ type: string; data: Record<string, unknown> }[]> =>
    service.db.query(`SELECT type, envelope->'data' AS data FROM outbox WHERE aggregate_id = $1 ORDER BY id`, [id]);

  it('keeps a profile with its codes understood, and tells the others by an event', async () => {
    const company = await create({ identifiers: WEAVER.identifiers });
    expect(company).toMatchObject({
      revision: 1,
      sizeClass: 'small',
      identifiers: [{ scheme: 'vat-it', value: '00743110157', source: 'coordinator' }],
      sectors: [{ code: '13.20.00', nace: '13.20' }],
      offers: [{ id: 'technical-textiles' }, { id: null, label: 'nodi marinari per lenze', level: 'expert' }],
      completeness: { percent: 85, nextStep: { field: 'seeks', gain: 10 } },
    });
    expect(await get(company.id)).toEqual(company);
    expect(await eventsOf(company.id)).toEqual([
      { type: 'company-saved.v1', data: { companyId: company.id, revision: 1 } },
    ]);
  });

  it('shows contact data and personal tax codes to the firm itself and to coordinators only', async () => {
    const soleTrader = { scheme: 'tax-it', value: 'RSSMRA85T10A562S' } as const;
    const { id } = await create({ identifiers: [soleTrader] });
    const own = await get(id, as({ kind: 'firm', id }));
    expect(own.contact).toEqual(WEAVER.contact);
    expect(own.identifiers).toHaveLength(1);
    const seen = await get(id, stranger);
    expect(seen).not.toHaveProperty('contact');
    expect(seen.identifiers).toEqual([]);
    const { items } = await service.rpc.call(companiesRpc.list, { limit: 100 }, as({ kind: 'expert', id: v7() }));
    expect(JSON.stringify(items)).not.toContain('example.org');
  });

  it('says by pointers what breaks the rules, and stores nothing', async () => {
    const [{ count: before }] = await service.db.query('SELECT count(*) FROM company');
    const bad = create({
      territory: 'CH070',
      identifiers: [{ scheme: 'vat-it', value: '00743110158' }],
      sectors: [{ scheme: 'NOGA2025', code: '04.10' }],
    });
    await expect(bad).rejects.toMatchObject({
      code: 'invalid-body',
      errors: [
        { pointer: '/territory', detail: expect.stringContaining('lies in CH') },
        { pointer: '/sectors/0/code' },
        { pointer: '/identifiers/0/value', detail: expect.stringContaining('need 7') },
      ],
    });
    const [{ count: after }] = await service.db.query('SELECT count(*) FROM company');
    expect(after).toBe(before);
  });

  it('lets nobody but coordinators create companies', async () => {
    await expect(create({}, stranger)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('changes only what a patch names, and clears what it sets to null', async () => {
    const company = await create();
    const changed = await update(company, { town: 'Erba', text: null, people: 9, sectors: [] });
    expect(changed).toEqual({
      ...company,
      revision: 2,
      town: 'Erba',
      text: null,
      people: 9,
      sizeClass: 'micro',
      sectors: [],
      completeness: changed.completeness,
      updatedAt: changed.updatedAt,
    });
    expect(await get(company.id)).toEqual(changed);
  });

  it('moves across the border with its territory', async () => {
    const moved = await update(await create(), { territory: 'CH070' });
    expect(moved).toMatchObject({ country: 'CH', territory: 'CH070' });
    await expect(update(moved, { country: 'IT' })).rejects.toMatchObject({ errors: [{ pointer: '/country' }] });
  });

  it('lets one of several concurrent changes win and tells the others to read again', async () => {
    const kept = { scheme: 'rea-it', value: 'SO-1000' } as const;
    const company = await create({ identifiers: [kept] });
    const changes = ['Lecco', 'Como', 'Erba', 'Cantù', 'Merate'].map((town, at) =>
      update(company, { town, identifiers: [kept, { scheme: 'rea-it', value: `SO-100${at + 1}` }] }),
    );
    const outcomes = await Promise.allSettled(changes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'revision-mismatch' });
    }
    expect((await get(company.id)).revision).toBe(2);
    expect(await eventsOf(company.id)).toHaveLength(2);
  });

  it('answers a foreign firm that wants to change or erase a company as if there were none', async () => {
    const company = await create();
    await expect(update(company, { town: 'Como' }, stranger)).rejects.toMatchObject({ code: 'not-found' });
    const erase = service.rpc.call(companiesRpc.erase, { id: company.id }, stranger);
    await expect(erase).rejects.toMatchObject({ code: 'not-found' });
  });

  it('makes one company of fifty equal requests with one idempotency key', async () => {
    const ctx = as({ kind: 'coordinator', territories: ['*'] }, { idempotencyKey: v7() });
    const answers = await Promise.all(Array.from({ length: 50 }, () => create({ name: 'Cinquanta Prova' }, ctx)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const rows = await service.db.query(`SELECT id FROM company WHERE name = 'Cinquanta Prova'`);
    expect(rows).toHaveLength(1);
    expect(await eventsOf(answers[0]!.id)).toHaveLength(1);
  });

  it.each([
    ['uid-ch', 'CHE-100.155.212 IVA'],
    ['vat-it', '01234560132'],
  ] as const)(
    'keeps an identifier of the scheme %s with one firm, also when many claim it at the same moment',
    async (scheme, value) => {
      const claim = { name: `Contesa ${scheme}`, identifiers: [{ scheme, value }] };
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => create(claim)));
      const [winner] = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
      const losers = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? outcome.reason : []));
      expect(losers).toHaveLength(7);
      for (const loser of losers) {
        expect(loser).toMatchObject({
          code: 'duplicate',
          errors: [{ pointer: '/identifiers/0/value', detail: expect.stringContaining(winner!.id) }],
        });
      }
      // What was refused has left neither a company nor an event.
      const kept = await service.db.query('SELECT id FROM company WHERE name = $1', [claim.name]);
      expect(kept).toEqual([{ id: winner!.id }]);
      const orphans = `SELECT 1 FROM outbox WHERE type <> 'audited.v1' AND aggregate_id NOT IN (SELECT id::text FROM company)`;
      expect(await service.db.query(orphans)).toEqual([]);
    },
  );

  it('tells a firm that an identifier is taken, but not by whom', async () => {
    const identifiers = [{ scheme: 'rea-it', value: 'LC-4711' }] as const;
    const holder = await create({ identifiers: [...identifiers] });
    const other = await create();
    const own = as({ kind: 'firm', id: other.id });
    const refused = await update(other, { identifiers: [...identifiers] }, own).catch((error) => error);
    expect(refused).toMatchObject({ code: 'duplicate' });
    expect(JSON.stringify(refused.errors)).not.toContain(holder.id);
  });

  it('lets the members of a VAT group share a P.IVA when their tax codes differ', async () => {
    const vat = { scheme: 'vat-it', value: '12345670017' } as const;
    await create({ identifiers: [vat, { scheme: 'tax-it', value: '00743110157' }] });
    await expect(create({ identifiers: [vat] })).rejects.toMatchObject({ code: 'duplicate' });
    const sister = await create({ identifiers: [vat, { scheme: 'tax-it', value: '12345670017' }] });
    expect(sister.identifiers).toHaveLength(2);
  });

  it('keeps source and date of an identifier that a change leaves in place', async () => {
    const rea = { scheme: 'rea-it', value: 'lc 301234' } as const;
    const before = await create({ identifiers: [rea] });
    const own = as({ kind: 'firm', id: before.id });
    const { identifiers } = await update(before, { identifiers: [rea, { scheme: 'rea-it', value: 'CO-99' }] }, own);
    expect(identifiers).toContainEqual(before.identifiers[0]);
    expect(identifiers).toContainEqual(expect.objectContaining({ value: 'CO-99', source: 'firm' }));
  });

  it('lists newest first, page by page, by part of the name, country, territory and sector', async () => {
    const mark = v7().slice(-8);
    const list = (query: object) =>
      service.rpc.call(companiesRpc.list, { limit: 2, q: `PROVA ${mark}`, ...query }, stranger);
    const made: Company[] = [];
    for (const [at, place] of [{}, { country: 'CH', territory: 'CH070' }, {}].entries()) {
      const sectors: CompanyCreate['sectors'] = at === 2 ? [{ scheme: 'ATECO2007', code: '28.41.00' }] : undefined;
      made.push(await create({ name: `Pròva ${mark} ${at}`, sectors, ...place }));
    }
    const first = await list({});
    const second = await list({ cursor: first.nextCursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.map(({ id }) => id).reverse());
    expect(second.nextCursor).toBeNull();
    expect((await list({ country: 'CH' })).items.map(({ id }) => id)).toEqual([made[1]!.id]);
    expect((await list({ territory: 'ITC4' })).items).toHaveLength(2);
    expect((await list({ sector: '28' })).items.map(({ id }) => id)).toEqual([made[2]!.id]);
    // A class of the older revision is another class: it is found by its division alone.
    expect((await list({ sector: '28.41' })).items).toEqual([]);
    await expect(list({ cursor: 'nonsense' })).rejects.toMatchObject({
      code: 'invalid-query',
      errors: [{ pointer: '?cursor' }],
    });
  });

  it('leaves nothing of an erased company, tells the others, and stays erased', async () => {
    const ctx = as({ kind: 'coordinator', territories: ['*'] }, { idempotencyKey: v7() });
    const mark = `Da cancellare ${v7()}`;
    const company = await create({ name: mark, text: mark, identifiers: [{ scheme: 'rea-it', value: 'VA-777' }] }, ctx);
    const own = as({ kind: 'firm', id: company.id, role: 'owner' });
    const input = { type: 'TR', title: mark, summary: mark, lang: 'it' } as const;
    const draft = await service.rpc.call(opportunitiesRpc.create, { companyId: company.id, opportunity: input }, own);
    const need = await service.rpc.call(opportunitiesRpc.create, { companyId: company.id, opportunity: input }, own);
    await service.rpc.call(opportunitiesRpc.act, { id: need.id, action: 'publish' }, own);

    await service.rpc.call(companiesRpc.erase, { id: company.id }, own);

    await expect(get(company.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(update(company, { town: 'Como' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(service.rpc.call(companiesRpc.erase, { id: company.id }, coordinator)).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await eventsOf(company.id)).at(-1)).toEqual({
      type: 'company-erased.v1',
      data: { companyId: company.id, revision: 2 },
    });
    expect((await eventsOf(need.id)).at(-1)).toMatchObject({
      type: 'opportunity-closed.v1',
      data: { revision: 3, reason: 'erased' },
    });
    expect(await eventsOf(draft.id)).toEqual([]);
    expect(await tablesWith(mark)).toEqual([]);
    expect(await tablesWith('VA-777')).toEqual([]);
  });

  it('keeps the address of the register for coordinators of the place alone', async () => {
    const registerEmail = 'prova@pec.example.org';
    const company = await create({ registerEmail });
    expect(company).toMatchObject({ registerEmail });
    const firm = as({ kind: 'firm', id: company.id, role: 'owner' });
    const elsewhere = as({ kind: 'coordinator', territories: ['CH'] });
    for (const ctx of [
      firm,
      stranger,
      elsewhere,
      as({ kind: 'facilitator', cluster: 'prova', territories: ['ITC42'] }),
    ])
      expect(JSON.stringify(await get(company.id, ctx))).not.toContain('pec.example');
    await expect(update(company, { registerEmail: 'mine@example.org' }, firm)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const changed = await update(company, { registerEmail: null });
    expect(changed.registerEmail).toBeNull();
    await update(changed, { registerEmail });
    const ids = [company.id];
    const notifications = as({ kind: 'service', name: 'notifications' });
    expect((await service.rpc.call(companiesRpc.registerAddresses, { ids }, notifications)).items).toEqual([
      { id: company.id, name: WEAVER.name, email: registerEmail, lang: 'it' },
    ]);
    await expect(service.rpc.call(companiesRpc.registerAddresses, { ids }, coordinator)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('gives other services cards, facts and addresses by id', async () => {
    const { id, revision } = await create();
    const ids = [v7(), id];
    const cards = await service.rpc.call(companiesRpc.cards, { ids }, stranger);
    expect(cards).toEqual({ items: [{ id, name: WEAVER.name, country: 'IT', territory: 'ITC42' }], rest: [] });
    const facts = await service.rpc.call(companiesRpc.facts, { ids }, as({ kind: 'service', name: 'matching' }));
    expect(facts.items).toEqual([expect.objectContaining({ id, revision, sizeClass: 'small', territory: 'ITC42' })]);
    expect(JSON.stringify(facts)).not.toMatch(/example\.org|Prova/);
    const notifications = as({ kind: 'service', name: 'notifications' });
    const addresses = await service.rpc.call(companiesRpc.addresses, { ids }, notifications);
    expect(addresses.items).toEqual([{ id, name: WEAVER.name, email: 'prova@example.org', lang: 'it' }]);
    await expect(service.rpc.call(companiesRpc.addresses, { ids }, stranger)).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  /** The tables in which a word is found, whatever the column. */
  async function tablesWith(word: string): Promise<string[]> {
    const tables: { name: string }[] = await service.db.query(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await service.db.query(`SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0`, [word]);
      if (rows.length > 0) found.push(name);
    }
    return found;
  }
});
