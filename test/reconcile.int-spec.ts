import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { type TestDatabase, templateDatabase } from '#libs/testing';
import type { Check, Difference, Sources } from '../commands/reconcile/check.js';
import { copyChecks } from '../commands/reconcile/copies.js';
import { dataSourceOptions as access } from '../services/access/src/data-source.js';
import { dataSourceOptions as companies } from '../services/companies/src/data-source.js';
import { dataSourceOptions as cooperation } from '../services/cooperation/src/data-source.js';
import { dataSourceOptions as experts } from '../services/experts/src/data-source.js';
import { dataSourceOptions as matching } from '../services/matching/src/data-source.js';
import { dataSourceOptions as notifications } from '../services/notifications/src/data-source.js';

const SCHEMAS = { companies, experts, matching, cooperation, notifications, access };

describe('Reconciling copies', () => {
  const databases: TestDatabase[] = [];
  const sources = {} as Sources;

  beforeAll(async () => {
    for (const [service, schema] of Object.entries(SCHEMAS)) {
      const database = await templateDatabase(service, schema(''));
      databases.push(database);
      sources[service as keyof Sources] = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    }
  });
  afterAll(async () => {
    for (const source of Object.values(sources)) await source.destroy();
    for (const database of databases) await database.drop();
  });
  beforeEach(async () => {
    await sources.companies.query('TRUNCATE company, opportunity, outbox, tombstone CASCADE');
    await sources.matching.query('TRUNCATE subject, inbox, dead_letter');
    await sources.access.query('TRUNCATE outbox');
  });

  const check = (what: string, service = 'matching'): Check =>
    copyChecks(sources).find((one) => one.what === what && one.service === service)!;
  const seen = async (one: Check) => [...(await one.look()).differences.values()];
  const how = (differences: readonly Difference[]) => new Map(differences.map((one) => [one.id, one.how]));
  const told = (service: keyof Sources) =>
    sources[service].query(`SELECT type, envelope->'data' AS data FROM outbox WHERE sent_at IS NULL ORDER BY id`);

  async function company(revision: number): Promise<string> {
    const id = uuid();
    await sources.companies.query(
      `INSERT INTO company (id, revision, name, name_folded, country, sectors, nace, languages, offers, seeks, created_at, updated_at)
       VALUES ($1, $2, 'Officina Inventata', 'officina inventata', 'IT', '[]', '{}', '["it"]', '[]', '[]', now(), now())`,
      [id, revision],
    );
    return id;
  }
  const copy = (id: string, revision: number, type = 'company', gone = false) =>
    sources.matching.query(
      `INSERT INTO subject (type, id, revision, copy_revision, looked_revision, indexed_revision, open, gone) VALUES ($3, $1, $2, $2, $2, $2, NOT $4, $4)`,
      [id, revision, type, gone],
    );

  it('has the owner tell again of what a copy lacks or has in an older revision', async () => {
    const [equal, missing, behind] = [await company(1), await company(2), await company(5)];
    await copy(equal, 1);
    await copy(behind, 4);
    const copies = check('copies of companies');
    const differences = await seen(copies);
    expect(how(differences)).toEqual(
      new Map([
        [missing, 'missing'],
        [behind, 'behind'],
      ]),
    );
    await copies.repair(differences);
    expect(await told('companies')).toEqual(
      expect.arrayContaining([
        { type: 'company-saved.v1', data: { companyId: missing, revision: 2 } },
        { type: 'company-saved.v1', data: { companyId: behind, revision: 5 } },
      ]),
    );
  });

  it('takes back a copy that is newer than its owner, so that it is fetched again and follows what comes', async () => {
    const id = await company(3);
    await copy(id, 9);
    const copies = check('copies of companies');
    const differences = await seen(copies);
    expect(how(differences)).toEqual(new Map([[id, 'ahead']]));
    await copies.repair(differences);
    expect(
      await sources.matching.query(
        'SELECT revision, copy_revision AS copy, looked_revision AS looked, dirty_at IS NOT NULL AS dirty FROM subject',
      ),
    ).toEqual([{ revision: 3, copy: null, looked: 3, dirty: true }]);
    expect(await seen(copies)).toEqual([]);
  });

  it('never brings the erased back: whom only an older state of the owner knows is erased once more, whom nobody knows is forgotten by all', async () => {
    const [erased, unknown] = [await company(4), uuid()];
    await copy(erased, 5, 'company', true);
    await copy(unknown, 2);
    const copies = check('copies of companies');
    await copies.repair(await seen(copies));
    expect(await told('access')).toEqual([{ type: 'erasure-requested.v1', data: { kind: 'firm', id: erased } }]);
    expect(await told('companies')).toEqual([
      { type: 'erasure-completed.v1', data: { kind: 'firm', id: unknown } },
      { type: 'company-erased.v1', data: { companyId: unknown, revision: 3 } },
    ]);
  });

  it('has it told again that somebody was erased, until all know', async () => {
    const [known, unheard] = [uuid(), uuid()];
    for (const id of [known, unheard])
      await sources.companies.query(`INSERT INTO tombstone VALUES ($1, 3, '{}', now() - interval '1 hour')`, [id]);
    await sources.cooperation.query(`INSERT INTO erased_party VALUES ('firm', $1, now())`, [known]);
    const erasures = check('erased companies, everywhere', 'companies');
    const differences = await seen(erasures);
    expect(how(differences)).toEqual(new Map([[unheard, 'left over']]));
    await erasures.repair(differences);
    expect(await told('access')).toEqual([{ type: 'erasure-requested.v1', data: { kind: 'firm', id: unheard } }]);
  });

  it('opens what is public and closes what is not, without naming who stays unnamed', async () => {
    const owner = await company(1);
    const need = async (state: string, revision: number, anonymous = false) => {
      const id = uuid();
      await sources.companies.query(
        `INSERT INTO opportunity (id, revision, company_id, state, state_since, type, title, summary, lang, competences, sectors, open_for_interest, renewed, created_at, updated_at, anonymous)
         VALUES ($1, $2, $3, $4, now(), 'TR', 'Prova', 'Prova', 'it', '[]', '[]', true, false, now(), now(), $5)`,
        [id, revision, owner, state, anonymous],
      );
      return id;
    };
    const hidden = await need('published', 2, true);
    const held = await need('on-hold', 3);
    await need('draft', 1);
    const gone = uuid();
    await copy(held, 2, 'opportunity');
    await copy(gone, 6, 'opportunity');
    const needs = check('copies of opportunities');
    const differences = await seen(needs);
    expect(how(differences)).toEqual(
      new Map([
        [hidden, 'missing'],
        [held, 'behind'],
        [gone, 'left over'],
      ]),
    );
    await needs.repair(differences);
    expect(await told('companies')).toEqual([
      { type: 'opportunity-published.v1', data: { opportunityId: hidden, revision: 2, type: 'TR' } },
      {
        type: 'opportunity-closed.v1',
        data: { opportunityId: held, companyId: owner, revision: 3, reason: 'on-hold' },
      },
      { type: 'opportunity-closed.v1', data: { opportunityId: gone, revision: 7, reason: 'erased' } },
    ]);
  });
});
