import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 } from 'uuid';
import { type Actor, type CallContext, type Expert, type ExpertCreate, expertsRpc } from '#libs/contracts';
import { type TestService, testService } from '#libs/testing';
import { AppModule } from '../app.module.js';
import { dataSourceOptions } from '../data-source.js';

const as = (actor: Actor, more: Partial<CallContext> = {}): CallContext => ({
  actor,
  lang: 'it',
  requestId: 'test',
  ...more,
});
const coordinator = as({ kind: 'coordinator', territories: ['*'] });
const matching = as({ kind: 'service', name: 'matching' });
const firm = as({ kind: 'firm', id: v7() });
const self = ({ id }: { id: string }) => as({ kind: 'expert', id });

/** Invented, like everybody in these tests. */
const EXPERT: ExpertCreate = {
  name: 'Ada Inventàta',
  country: 'IT',
  territory: 'ITC43',
  role: 'researcher',
  affiliation: 'Laboratorio di Prova',
  territories: ['ITC4', 'CH070'],
  languages: ['it', 'de'],
  competences: [{ competence: 'machine-vision', level: 'expert' }],
  evidence: [{ kind: 'project', title: 'Telaio che vede', year: 2024 }],
  contact: { email: 'ada@example.org' },
};

describe('Experts', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await testService('experts', AppModule, dataSourceOptions);
  });
  afterAll(() => service.stop());

  const create = (input: Partial<ExpertCreate> = {}, ctx = coordinator): Promise<Expert> =>
    service.rpc.call(expertsRpc.create, { ...EXPERT, ...input }, ctx);
  const get = ({ id }: { id: string }, ctx = coordinator): Promise<Expert> =>
    service.rpc.call(expertsRpc.get, { id }, ctx);
  const update = (expert: Expert, patch: object, ctx = self(expert)): Promise<Expert> =>
    service.rpc.call(expertsRpc.update, { id: expert.id, revision: expert.revision, patch }, ctx);
  const eventsOf = ({ id }: { id: string }): Promise<{ type: string; data: Record<string, unknown> }[]> =>
    service.db.query(`SELECT type, envelope->'data' AS data FROM outbox WHERE aggregate_id = $1 ORDER BY id`, [id]);
  const consentsOf = ({ id }: { id: string }): Promise<{ granted: boolean; basis: string; source: string }[]> =>
    service.db.query('SELECT granted, basis, source FROM consent WHERE expert_id = $1 ORDER BY id', [id]);
  const import_ = async (rows: object[], more: object = {}) => {
    const request = { source: 'prova', rows: rows.map((row, at) => ({ row: at + 1, ...row })), ...more };
    const { results } = await service.rpc.call(expertsRpc.import, request as never, coordinator);
    return results;
  };

  it('keeps a profile with its evidence, tells the others, and shows the contact to the expert and to coordinators only', async () => {
    const expert = await create({ orcid: 'https://orcid.org/0000-0002-1825-0097' });
    expect(expert).toMatchObject({
      revision: 1,
      listed: true,
      capacity: 3,
      orcid: '0000-0002-1825-0097',
      competences: [{ id: 'machine-vision', level: 'expert' }],
      evidence: [{ kind: 'project', title: 'Telaio che vede', year: 2024, text: null }],
      contact: { email: 'ada@example.org' },
    });
    expect(expert.competences[0]!.label).not.toBe('machine-vision');
    expect(await get(expert)).toEqual(expert);
    expect(await get(expert, self(expert))).toEqual(expert);
    expect(await get(expert, firm)).not.toHaveProperty('contact');
    expect(await eventsOf(expert)).toEqual([
      { type: 'expert-saved.v1', data: { expertId: expert.id, revision: 1, listed: true } },
    ]);
  });

  it('keeps an ORCID iD with one person', async () => {
    const orcid = '0000-0001-5109-3700';
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => create({ orcid })));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? outcome.reason : []));
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatchObject({ code: 'duplicate', errors: [{ pointer: '/orcid' }] });
  });

  it('says by pointers what breaks the rules', async () => {
    await expect(
      create({ orcid: '0000-0002-1825-0098', territories: ['ITC4', 'ITZ99'], territory: 'CH070' }),
    ).rejects.toMatchObject({
      code: 'invalid-body',
      errors: [{ pointer: '/territory' }, { pointer: '/territories/1' }, { pointer: '/orcid' }],
    });
    const expert = await create({ evidence: [] });
    await expect(update(expert, { competences: [] })).rejects.toMatchObject({ errors: [{ pointer: '/competences' }] });
  });

  it('changes what a patch names; evidence whose title stays keeps its id', async () => {
    const expert = await create();
    const changed = await update(expert, {
      evidence: [
        { title: 'Nuovo lavoro' },
        { kind: 'project', title: 'Telaio che vede', text: 'Difetti in tempo reale' },
      ],
      away: [{ from: '2027-08-01', to: '2027-08-31' }],
      capacity: 0,
      affiliation: null,
    });
    expect(changed).toMatchObject({ revision: 2, capacity: 0, affiliation: null, name: EXPERT.name });
    expect(changed.evidence[1]).toMatchObject({
      id: expert.evidence[0]!.id,
      text: 'Difetti in tempo reale',
      year: null,
    });
    expect(changed.evidence[0]!.id).not.toBe(expert.evidence[0]!.id);
    expect(await get(expert)).toEqual(changed);
    await expect(update(expert, { capacity: 1 })).rejects.toMatchObject({ code: 'revision-mismatch' });
    await expect(update(changed, { capacity: 1 }, firm)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('shows an expert without consent to nobody but themselves and coordinators', async () => {
    const expert = await create({ listed: false, name: 'Nascosta Prova' });
    const ids = [expert.id];
    expect(await consentsOf(expert)).toEqual([]);
    expect(await get(expert)).toMatchObject({ listed: false });
    expect(await get(expert, self(expert))).toMatchObject({ listed: false });
    await expect(get(expert, firm)).rejects.toMatchObject({ code: 'not-found' });
    const list = async (ctx: CallContext) =>
      (await service.rpc.call(expertsRpc.list, { q: 'nascosta' }, ctx)).items.length;
    expect([await list(firm), await list(self(expert)), await list(coordinator)]).toEqual([0, 1, 1]);
    const facts = await service.rpc.call(expertsRpc.facts, { ids }, matching);
    expect(facts.items).toEqual([expect.objectContaining({ id: expert.id, listed: false })]);
    expect((await service.rpc.call(expertsRpc.facts, { ids }, firm)).items).toEqual([]);
    expect((await service.rpc.call(expertsRpc.cards, { ids }, firm)).items).toEqual([]);
    expect((await service.rpc.call(expertsRpc.cards, { ids }, matching)).items).toEqual([]);
  });

  it('remembers each change of consent', async () => {
    const expert = await create();
    const hidden = await update(expert, { listed: false });
    await update(hidden, { listed: true, capacity: 5 }, coordinator);
    expect(await consentsOf(expert)).toEqual([
      { granted: true, basis: 'as told to a coordinator', source: 'coordinator' },
      { granted: false, basis: 'by the expert', source: `expert:${expert.id}` },
      { granted: true, basis: 'as told to a coordinator', source: 'coordinator' },
    ]);
    expect((await eventsOf(expert)).map(({ data }) => data.listed)).toEqual([true, false, true]);
  });

  it('makes one expert of fifty equal requests with one idempotency key', async () => {
    const ctx = as({ kind: 'admin' }, { idempotencyKey: v7() });
    const answers = await Promise.all(Array.from({ length: 50 }, () => create({}, ctx)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await consentsOf(answers[0]!)).toHaveLength(1);
  });

  it('lists by part of the name or of the affiliation, country, territory and role', async () => {
    const mark = v7().slice(-8);
    const one = await create({ name: `Però ${mark}` });
    const two = await create({ affiliation: `Institut ${mark}`, country: 'CH', territory: 'CH070', role: 'mentor' });
    const list = async (query: object) =>
      (await service.rpc.call(expertsRpc.list, { q: mark, ...query }, firm)).items.map(({ id }) => id);
    expect(await list({})).toEqual([two.id, one.id]);
    expect(await list({ q: `PERO ${mark}` })).toEqual([one.id]);
    expect(await list({ country: 'CH' })).toEqual([two.id]);
    expect(await list({ territory: 'ITC' })).toEqual([one.id]);
    expect(await list({ role: 'mentor' })).toEqual([two.id]);
  });

  it('imports without consent as unlisted, and lists the same file with its basis, once and for the record', async () => {
    const { contact: _, ...item } = EXPERT;
    const rows = [{ externalKey: `k-${v7()}`, item }];
    const [created] = await import_(rows);
    const id = created!.id!;
    expect(created).toMatchObject({ outcome: 'created' });
    expect((await get({ id })).listed).toBe(false);
    expect(await import_(rows)).toMatchObject([{ outcome: 'unchanged', id }]);
    expect(await import_(rows, { consentBasis: 'modulo firmato' })).toMatchObject([{ outcome: 'updated', id }]);
    expect((await get({ id })).listed).toBe(true);
    expect(await consentsOf({ id })).toEqual([{ granted: true, basis: 'modulo firmato', source: 'import:prova' }]);
    expect(await import_(rows, { consentBasis: 'modulo firmato' })).toMatchObject([{ outcome: 'unchanged', id }]);
    expect(await eventsOf({ id })).toHaveLength(2);
  });

  it('never undoes a withdrawn consent by an import', async () => {
    const externalKey = v7();
    const basis = { consentBasis: 'elenco pubblico' };
    const [created] = await import_([{ externalKey, item: EXPERT }], basis);
    const expert = await get({ id: created!.id! });
    await update(expert, { listed: false });
    const [again] = await import_([{ externalKey, item: { ...EXPERT, text: 'Nuovo testo' } }], basis);
    expect(again).toMatchObject({ outcome: 'updated', id: expert.id });
    expect(await get(expert)).toMatchObject({ listed: false, text: 'Nuovo testo' });
  });

  it('knows an imported person by the ORCID iD, keeps what the file does not name, and rejects bad rows alone', async () => {
    const expert = await create({ orcid: '0000-0001-7928-5739', text: 'Scritto a mano' });
    const { orcid } = expert;
    const results = await import_([
      { externalKey: v7(), item: { name: 'A. Inventata', country: 'IT', orcid: orcid!, evidence: EXPERT.evidence } },
      { externalKey: v7(), item: { ...EXPERT, orcid: '0000-0000-0000-0000' } },
      { externalKey: v7(), item: { ...EXPERT, orcid: orcid! } },
      { externalKey: v7(), item: { ...EXPERT, name: 'Buona Riga' } },
    ]);
    expect(results).toMatchObject([
      { row: 1, outcome: 'updated', id: expert.id },
      { row: 2, outcome: 'rejected', errors: [{ pointer: '/orcid', detail: expect.stringContaining('need 1') }] },
      { row: 3, outcome: 'rejected', errors: [{ pointer: '/orcid' }] },
      { row: 4, outcome: 'created' },
    ]);
    const after = await get(expert);
    expect(after).toMatchObject({ name: 'A. Inventata', text: 'Scritto a mano', listed: true });
    expect(after.evidence[0]!.id).toBe(expert.evidence[0]!.id);
  });

  it('leaves nothing of an erased expert, and no import brings them back', async () => {
    const name = `Da cancellare ${v7()}`;
    const externalKey = `chiave ${v7()}`;
    const row = { externalKey, item: { ...EXPERT, name } };
    const [created] = await import_([row], { consentBasis: 'prova' });
    const expert = await get({ id: created!.id! });
    await update(expert, { capacity: 9 }, as({ kind: 'expert', id: expert.id }, { idempotencyKey: v7() }));

    await service.rpc.call(expertsRpc.erase, { id: expert.id }, self(expert));

    await expect(get(expert)).rejects.toMatchObject({ code: 'not-found' });
    expect((await eventsOf(expert)).at(-1)).toEqual({
      type: 'expert-erased.v1',
      data: { expertId: expert.id, revision: 3 },
    });
    for (const word of [name, externalKey]) expect(await tablesWith(word)).toEqual([]);
    expect(await import_([row], { consentBasis: 'prova' })).toMatchObject([
      { outcome: 'rejected', errors: [{ pointer: '/externalKey', detail: expect.stringContaining('erased') }] },
    ]);
    expect(await tablesWith(name)).toEqual([]);
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
