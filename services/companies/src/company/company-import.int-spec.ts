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

const as = (actor: Actor): CallContext => ({ actor, lang: 'it', requestId: 'test' });
const admin = as({ kind: 'admin' });

/** Invented, like every firm in these tests. */
const row = (externalKey: string | undefined, item: Partial<CompanyCreate> = {}) => ({
  ...(externalKey ? { externalKey } : {}),
  item: { name: `Prova ${externalKey}`, country: 'IT', territory: 'ITC43', ...item },
});

describe('An import of companies', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await testService('companies', AppModule, dataSourceOptions);
  });
  afterAll(() => service.stop());

  const import_ = async (rows: ReturnType<typeof row>[], source = 'registro', ctx = admin) => {
    const request = { source, rows: rows.map((one, at) => ({ row: at + 2, ...one })) };
    return (await service.rpc.call(companiesRpc.import, request, ctx)).results;
  };
  const get = (id: string): Promise<Company> => service.rpc.call(companiesRpc.get, { id }, admin);
  const count = async (table: string): Promise<number> =>
    (await service.db.query(`SELECT count(*)::int AS count FROM ${table}`))[0].count;

  it('creates companies with everything a single creation gives them, and tells of each', async () => {
    const key = v7();
    const item: Partial<CompanyCreate> = {
      name: 'Tornitura Pròva',
      people: 12,
      identifiers: [{ scheme: 'vat-it', value: 'IT00743110157' }],
      sectors: [{ scheme: 'ATECO2025', code: '255300' }],
      offers: ['tornitura di minuteria inventata'],
      languages: ['it'],
      contact: { email: 'prova@example.org' },
    };
    const [result] = await import_([row(key, item)]);
    const imported = await get(result!.id!);
    const created = await service.rpc.call(companiesRpc.create, { ...row(key, item).item, identifiers: [] }, admin);
    const { id, createdAt, updatedAt, identifiers, completeness, ...rest } = imported;
    expect(created).toMatchObject(rest);
    expect(identifiers).toMatchObject([{ scheme: 'vat-it', value: '00743110157', source: 'registro' }]);
    const events = await service.db.query('SELECT type FROM outbox WHERE aggregate_id = $1', [id]);
    expect(events).toEqual([{ type: 'company-saved.v1' }]);
    const found = await service.rpc.call(companiesRpc.list, { q: 'prova', sector: '25' }, admin);
    expect(found.items.map((one) => one.id)).toContain(id);
  });

  it('changes nothing when the same rows come again', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => row(`again-${at}`));
    const first = await import_(rows);
    const [companies, events] = [await count('company'), await count('outbox')];
    const second = await import_(rows);
    expect(second).toEqual(first.map((result) => ({ ...result, outcome: 'unchanged' })));
    expect([await count('company'), await count('outbox')]).toEqual([companies, events]);
  });

  it('makes no duplicates when the same file is imported twice at once', async () => {
    const before = await count('company');
    const rows = Array.from({ length: 40 }, (_, at) => row(`at-once-${at}`));
    await Promise.all([import_(rows), import_(rows), import_(rows)]);
    expect(await count('company')).toBe(before + 40);
  });

  it('changes only the rows that changed, and leaves what the file does not name', async () => {
    const [one, two] = await import_([row('c-1', { text: 'Prima' }), row('c-2')]);
    const own = as({ kind: 'firm', id: one!.id! });
    const input = { companyId: one!.id!, opportunity: { type: 'TR', title: 'T', summary: 'S', lang: 'it' } as const };
    const need = await service.rpc.call(opportunitiesRpc.create, input, own);
    await service.rpc.call(opportunitiesRpc.act, { id: need.id, action: 'publish' }, own);
    await service.rpc.call(companiesRpc.update, { id: one!.id!, revision: 1, patch: { town: 'Erba' } }, own);
    const results = await import_([row('c-1', { text: 'Dopo', territory: 'ITC42' }), row('c-2')]);
    expect(results).toMatchObject([
      { outcome: 'updated', id: one!.id },
      { outcome: 'unchanged', id: two!.id },
    ]);
    expect(await get(one!.id!)).toMatchObject({ revision: 3, text: 'Dopo', town: 'Erba', territory: 'ITC42' });
    // What the need shows of its company is another place now.
    const shown = await service.rpc.call(opportunitiesRpc.get, { id: need.id }, own);
    expect(shown.revision).toBe(3);
  });

  it('knows a firm of another source by its identifier', async () => {
    const uid = [{ scheme: 'uid-ch' as const, value: 'CHE-100.155.212' }];
    const swiss = { country: 'CH', territory: 'CH070', identifiers: uid };
    const [first] = await import_([row('x', swiss)], 'uno');
    const [second] = await import_([row('y', { ...swiss, website: 'https://example.org' })], 'due');
    expect(second).toMatchObject({ outcome: 'updated', id: first!.id });
    expect(await import_([row('y', { ...swiss, website: 'https://example.org' })], 'due')).toMatchObject([
      { outcome: 'unchanged', id: first!.id },
    ]);
    expect((await get(first!.id!)).identifiers).toHaveLength(1);
  });

  it('rejects bad rows alone, each with what is wrong and where', async () => {
    const rea = (value: string) => [{ scheme: 'rea-it' as const, value }];
    await import_([row('held', { identifiers: rea('LC-500') })]);
    const results = await import_([
      row('good-1', { identifiers: rea('LC-501') }),
      row('bad-digit', { identifiers: [{ scheme: 'vat-it', value: '00743110158' }] }),
      row('bad-place', { territory: 'CH070' }),
      row('bad-sector', { sectors: [{ scheme: 'NACE2.1', code: '04' }] }),
      row('good-1'),
      row('same-firm', { identifiers: rea('lc 0501') }),
      row('good-2'),
      row('two-firms', { identifiers: [...rea('LC-500'), ...rea('LC-502')] }),
    ]);
    expect(
      results.map(({ row: at, outcome, errors }) => [at, outcome, ...errors.map(({ pointer }) => pointer)]),
    ).toEqual([
      [2, 'created'],
      [3, 'rejected', '/identifiers/0/value'],
      [4, 'rejected', '/territory'],
      [5, 'rejected', '/sectors/0/code'],
      [6, 'rejected', '/externalKey'],
      [7, 'rejected', '/identifiers/0/value'],
      [8, 'created'],
      [9, 'updated'],
    ]);
    // A known row cannot take the identifier of another firm either.
    const [taken] = await import_([row('good-2', { identifiers: rea('LC-501') })]);
    expect(taken).toMatchObject({ outcome: 'rejected', errors: [{ pointer: '/identifiers/0/value' }] });
  });

  it('does not bring back what was erased', async () => {
    const [created] = await import_([row('gone')]);
    await service.rpc.call(companiesRpc.erase, { id: created!.id! }, admin);
    expect(await import_([row('gone', { text: 'Di nuovo' })])).toMatchObject([{ outcome: 'rejected' }]);
    expect(await import_([row('gone')], 'altra fonte')).toMatchObject([{ outcome: 'created' }]);
  });

  it('is for those who keep the contents of the platform', async () => {
    const refused = import_([row('no')], 'registro', as({ kind: 'firm', id: v7() }));
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
  });
});
