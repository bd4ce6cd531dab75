import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Taxonomy } from '#libs/competences';
import { companyCreateSchema, expertCreateSchema, opportunityCreateSchema } from '#libs/contracts';
import { projectRoot } from './directory.js';
import { COMPANY_FIELDS } from './import/company-fields.js';
import { EXPERT_FIELDS } from './import/expert-fields.js';
import { prepare } from './import/prepare.js';
import { readTable } from './import/read-table.js';
import { readCompanies, readExperts } from './import/template.js';

const path = (name: string) => join(projectRoot(), 'sample', name);
const read = (name: string) =>
  JSON.parse(readFileSync(path(name), 'utf8')) as { note: string; items: Record<string, unknown>[] };

describe('the sample network', () => {
  it('says in each file that it is invented, and has addresses that reach nobody', () => {
    for (const name of ['companies.json', 'experts.json', 'opportunities.json']) {
      expect(read(name).note).toMatch(/invented/);
      for (const [address] of readFileSync(path(name), 'utf8').matchAll(/[\w.-]+@[\w.-]+/g))
        expect(address).toMatch(/@example\.(?:org|com)$/);
    }
  });

  it('can be imported whole', async () => {
    const companies = prepare(
      readCompanies([await readTable(path('companies.json'))]).drafts,
      companyCreateSchema,
      COMPANY_FIELDS,
    );
    const experts = prepare(
      readExperts([await readTable(path('experts.json'))]).drafts,
      expertCreateSchema,
      EXPERT_FIELDS,
    );
    expect([companies.issues, experts.issues]).toEqual([[], []]);
    expect([companies.ready.length, experts.ready.length]).toEqual([61, 24]);
  });

  it('names competences that the taxonomy knows', () => {
    const lists = [...read('companies.json').items, ...read('experts.json').items].flatMap((item) => [
      item.offers,
      item.seeks,
      item.competences,
    ]);
    const words = lists
      .flatMap((list) => (list ?? []) as (string | { competence: string })[])
      .map((one) => (typeof one === 'string' ? one : one.competence));
    expect(words.filter((word) => !Taxonomy.own().resolve(word))).toEqual([]);
  });

  it('has needs of its own firms in four languages', () => {
    const firms = new Set(read('companies.json').items.map(({ externalKey }) => externalKey));
    const opportunities = read('opportunities.json').items;
    for (const { company, ...opportunity } of opportunities) {
      expect(firms).toContain(company);
      expect(() => opportunityCreateSchema.parse(opportunity)).not.toThrow();
    }
    expect(new Set(opportunities.map(({ lang }) => lang)).size).toBe(4);
  });
});
