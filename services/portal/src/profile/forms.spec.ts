import { describe, expect, it } from '@jest/globals';
import type { Schemas } from '../api/client.js';
import { companyForm, companyPatch } from './company-form.js';
import { same } from './draft.js';
import { expertForm, expertPatch } from './expert-form.js';
import { companyFaults, expertFaults } from './faults.js';
import { isWebAddress, webAddress } from './fields.js';
import { checkDigits } from './identifier.js';
import { orcidStanding } from './orcid.js';

const AT = '2026-11-20T10:00:00.000Z';
const company: Schemas['Company'] = {
  ...{ id: '01900000-0000-7000-8000-00000000000a', revision: 3, createdAt: AT, updatedAt: AT },
  ...{ name: 'Filati Adda (esempio)', country: 'IT', kind: 'sme', sizeClass: 'small', people: 12 },
  ...{ territory: 'ITC43', town: 'Lecco', languages: ['it'], text: null, ipStatus: null, website: null },
  identifiers: [{ scheme: 'vat-it', value: '00743110157', source: 'firm', checkedAt: AT }],
  sectors: [{ scheme: 'ATECO2025', code: '13.10.00', nace: '13.10' }],
  offers: [{ id: 'spinning', label: 'filatura', level: 'expert' }],
  seeks: [],
  completeness: { percent: 60, nextStep: null },
};
const expert: Schemas['Expert'] = {
  ...{ id: '01900000-0000-7000-8000-00000000000b', revision: 1, createdAt: AT, updatedAt: AT, listed: true },
  ...{ name: 'Ada Esempio', country: 'CH', role: 'researcher', affiliation: null, orcid: null, territory: 'CH070' },
  ...{ territories: ['CH', 'ITC4'], languages: ['it', 'de'], text: 'x', competences: [], capacity: 3, website: null },
  evidence: [
    {
      ...{
        id: '01900000-0000-7000-8000-00000000000c',
        kind: 'project',
        title: 'Telai',
        text: null,
        year: 2024,
        url: null,
      },
      competences: [],
    },
  ],
  away: [{ from: '2026-12-20', to: '2027-01-06' }],
};

describe('A profile in its form', () => {
  it('says nothing new before somebody types', () => {
    const patch = companyPatch(companyForm(company));
    expect(patch).toMatchObject({
      name: company.name,
      people: 12,
      offers: [{ competence: 'filatura', level: 'expert' }],
    });
    expect(same(companyPatch(companyForm(company)), patch)).toBe(true);
    expect(expertPatch(expertForm(expert)).evidence).toEqual([{ kind: 'project', title: 'Telai', year: 2024 }]);
  });

  it('sends the digits of a UID as the whole of it', () => {
    const form = companyForm(company);
    form.identifiers.push({ scheme: 'uid-ch', value: ' 100.155.212' });
    expect(companyPatch(form).identifiers?.[1]).toEqual({ scheme: 'uid-ch', value: 'CHE-100.155.212' });
  });

  it('speaks of the address of the register to those alone who were shown it', () => {
    expect(companyPatch(companyForm(company))).not.toHaveProperty('registerEmail');
    const form = companyForm({ ...company, registerEmail: null });
    expect(companyPatch(form).registerEmail).toBeNull();
    form.registerEmail = 'filati@pec';
    expect([...companyFaults(form, undefined)]).toContainEqual(['/registerEmail', 'email']);
    form.registerEmail = ' filati@pec.example.org ';
    expect(companyPatch(form).registerEmail).toBe('filati@pec.example.org');
  });

  it('sends no line that is still empty', () => {
    const form = companyForm(company);
    form.identifiers.push({ scheme: 'uid-ch', value: ' ' });
    expect(companyPatch(form).identifiers).toHaveLength(1);
    const theirs = expertForm(expert);
    theirs.evidence.push({ kind: 'work', title: '', text: '', year: '', url: '', competences: [] });
    theirs.away.push({ from: '', to: '' });
    expect(expertPatch(theirs)).toMatchObject({ evidence: { length: 1 }, away: { length: 1 } });
  });

  it('holds back what is not finished, and nothing else', async () => {
    const form = { ...companyForm(company), name: ' ', website: 'filati', people: 1.5 };
    form.contact.email = 'info@';
    form.identifiers.push({ scheme: 'uid-ch', value: 'CHE-100.155.21' });
    expect([...companyFaults(form, await checkDigits())]).toEqual([
      ['/name', 'needed'],
      ['/website', 'web'],
      ['/contact/email', 'email'],
      ['/people', 'people'],
      ['/identifiers/1/value', 'number'],
    ]);
    const theirs = {
      ...expertForm(expert),
      away: [{ from: '2026-12-20', to: '2026-12-01' }],
      orcid: '0000',
      capacity: '' as const,
    };
    theirs.evidence.push({ kind: 'work', title: '', text: 'x', year: 12, url: '', competences: [] });
    expect([...expertFaults(theirs).keys()]).toEqual([
      '/orcid',
      '/capacity',
      '/away/0/to',
      '/evidence/1/title',
      '/evidence/1/year',
    ]);
    expect(expertFaults(expertForm(expert)).size).toBe(0);
  });

  it('takes web addresses as people write them', () => {
    expect(webAddress(' www.filati.example ')).toBe('https://www.filati.example');
    expect(webAddress('')).toBeNull();
    expect(['filati.example', 'http://filati.example/it'].every(isWebAddress)).toBe(true);
    expect(['filati', 'javascript:alert(1)', 'mailto:a@filati.example'].some(isWebAddress)).toBe(false);
  });

  it('knows an ORCID iD that was mistyped', () => {
    expect(['', '0000-0002-1825', '0000-0002-1825-0097', '0000-0002-1825-0098', 'ada'].map(orcidStanding)).toEqual([
      'blank',
      'short',
      'valid',
      'wrong',
      'wrong',
    ]);
  });
});
