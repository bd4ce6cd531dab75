import { describe, expect, it } from '@jest/globals';
import { companyCreateSchema, expertCreateSchema } from '#libs/contracts';
import { COMPANY_FIELDS } from './company-fields.js';
import { EXPERT_FIELDS } from './expert-fields.js';
import { prepare } from './prepare.js';
import { gridTable, type Table } from './table.js';
import { readCompanies, readExperts } from './template.js';

const companies = (headers: string[], rows: unknown[][], options = {}) =>
  prepare(
    readCompanies([gridTable('firms.csv', [headers, ...rows])], options).drafts,
    companyCreateSchema,
    COMPANY_FIELDS,
  );
const experts = (headers: string[], ...rows: unknown[][]) =>
  prepare(readExperts([gridTable('people.csv', [headers, ...rows])]).drafts, expertCreateSchema, EXPERT_FIELDS);
const company = (row: Record<string, unknown>, options = {}) =>
  companies(Object.keys(row), [Object.values(row)], options);

describe('the template for firms', () => {
  it.each([
    [
      'Italian',
      [
        'Ragione sociale',
        'Provincia',
        'Comune',
        'Codice ATECO',
        'Addetti',
        'Lingue',
        'Competenze offerte',
        'Cerca',
        'Sito web',
      ],
    ],
    ['German', ['Firmenname', 'Region', 'Ort', 'ATECO', 'Mitarbeitende', 'Sprachen', 'Angebot', 'Bedarf', 'Webseite']],
    [
      'French',
      [
        'Raison sociale',
        'Territoire',
        'Commune',
        'Code ATECO',
        'Effectif',
        'Langues',
        'Offres',
        'Besoins',
        'Site internet',
      ],
    ],
    ['English', ['Company name', 'Territory', 'City', 'ATECO', 'Employees', 'Languages', 'Offers', 'Needs', 'Website']],
    [
      'upper-case, starred',
      ['NOME *', 'TERRITORIO (sigla)', 'CITTÀ', 'SETTORE', 'N. ADDETTI', 'LINGUA', 'OFFRE', 'CERCHIAMO', 'URL'],
    ],
  ])('is recognised with %s headers', (_, headers) => {
    const cells = [
      'Mollificio Inventato',
      'Lecco',
      'Introbio',
      '25.93 Molle; 28.41',
      "1'200",
      'italiano; Deutsch',
      'molle; filo',
      'sensori',
      'www.example.org',
    ];
    const { ready, issues } = companies(headers, [cells]);
    expect(issues).toEqual([]);
    expect(ready[0]?.item).toEqual({
      name: 'Mollificio Inventato',
      country: 'IT',
      territory: 'ITC43',
      town: 'Introbio',
      sectors: [
        { scheme: expect.stringMatching(/^(ATECO2025|NACE2\.1)$/), code: '25.93' },
        { scheme: expect.stringMatching(/^(ATECO2025|NACE2\.1)$/), code: '28.41' },
      ],
      people: 1200,
      languages: ['it', 'de'],
      offers: ['molle', 'filo'],
      seeks: ['sensori'],
      website: 'https://www.example.org',
    });
  });

  it.each([
    ['ZH', 'CH040'],
    ['Zürich', 'CH040'],
    ['ZUERICH', 'CH040'],
    ['Genève', 'CH013'],
    ['GE', 'CH013'],
    ['Wallis / Valais', 'CH012'],
    ['Luzern', 'CH061'],
    ['Lucerne', 'CH061'],
    ['Ticino', 'CH070'],
    ['TI', 'CH070'],
    ['Freibourg', 'CH022'],
    ['Lausanne', 'CH011'],
    ['SO', 'CH023'],
  ])('finds the canton that lists write as %s', (spelling, code) => {
    expect(company({ name: 'Alfa', Kanton: spelling }).ready[0]?.item).toMatchObject({
      country: 'CH',
      territory: code,
    });
  });

  it.each([
    ['LC', 'ITC43'],
    ['Como', 'ITC42'],
    ['so', 'ITC44'],
    ['NA', 'ITF33'],
    ['GE', 'ITC33'],
    ['Lecco (LC)', 'ITC43'],
  ])('finds the province that lists write as %s', (spelling, code) => {
    expect(company({ nome: 'Alfa', Provincia: spelling }).ready[0]?.item).toMatchObject({
      country: 'IT',
      territory: code,
    });
  });

  it.each([
    ['Svizzera', 'CH'],
    ['Schweiz', 'CH'],
    ['suisse', 'CH'],
    ['ITALIA', 'IT'],
    ['it', 'IT'],
    ['CHE', 'CH'],
    ['Deutschland', 'DE'],
    ['Regno Unito', 'GB'],
  ])('understands %s as a country', (spelling, code) => {
    expect(company({ nome: 'Alfa', Paese: spelling }).ready[0]?.item.country).toBe(code);
  });

  it('tells the country by an identifier, and by the option where nothing else does', () => {
    expect(company({ nome: 'Alfa', 'P.IVA': '00743110157' }).ready[0]?.item.country).toBe('IT');
    expect(company({ nome: 'Alfa', UID: 'CHE-100.155.212' }).ready[0]?.item.country).toBe('CH');
    expect(company({ nome: 'Alfa' }, { country: 'CH' }).ready[0]?.item.country).toBe('CH');
    expect(company({ nome: 'Alfa' }).issues).toMatchObject([
      { column: 'country', wrong: 'is missing', right: expect.stringContaining('--country') },
    ]);
  });

  it('gives a P.IVA the zeros back that a spreadsheet took, also out of ="…"', () => {
    for (const cell of [743110157, '="00743110157"', 'IT00743110157', '00743110157']) {
      const { ready, issues } = company({ nome: 'Alfa', 'Partita IVA': cell });
      expect(issues).toEqual([]);
      expect(ready[0]?.item.identifiers?.[0]?.value).toMatch(/00743110157$/);
    }
  });

  it('takes the UID for an identifier where it is the key of a list', () => {
    const [row] = company({ Code: 'CHE-100.155.212', Title: 'Alfa', Canton: 'TI' }).ready;
    expect(row).toMatchObject({
      key: 'CHE-100.155.212',
      item: { identifiers: [{ scheme: 'uid-ch', value: 'CHE-100.155.212' }] },
    });
  });

  it.each([
    ['Partita IVA', '00743110158', 'check digit'],
    ['UID', 'CHE-100.155.213', 'check digit'],
    ['Provincia', 'Abroad', 'no single province'],
    ['Provincia', 'Ticino', 'lies in CH'],
    ['ATECO', '99.99.99.99', 'no sector code'],
    ['ATECO', 'meccanica', 'no sector code'],
    ['Addetti', 'una decina', 'no whole number'],
    ['Lingue', 'italiano; klingon', 'klingon is none'],
    ['E-mail', 'info(at)example.org', 'email'],
    ['Sito web', 'chiedere a Pia', 'URL'],
    ['Descrizione', 'x'.repeat(4001), '4000'],
    ['Descrizione', '#RIF!', 'error of the spreadsheet'],
    ['Comune', '=CERCA.VERT(A2)'.replace('.', ''), 'formula'],
    ['Dimensione', 'enorme', 'none of the known values'],
  ])('rejects a row whose %s is %s and says what would be right', (header, value, wrong) => {
    const { ready, issues } = company({ nome: 'Alfa', Paese: 'IT', [header]: value });
    expect(ready).toEqual([]);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({
      row: 2,
      column: header,
      wrong: expect.stringContaining(wrong),
      right: expect.stringMatching(/.{8}/),
    });
  });

  it('takes n.d., hyphens and blanks for nothing', () => {
    const [row] = company({ nome: 'Alfa', Paese: 'IT', Comune: 'n.d.', Addetti: '-', Descrizione: ' N/A ' }).ready;
    expect(row?.item).toEqual({ name: 'Alfa', country: 'IT' });
  });

  it('tells columns that it leaves out, and refuses a list without names', () => {
    const { unknownColumns } = readCompanies([
      gridTable('firms.csv', [
        ['nome', 'colore preferito'],
        ['Alfa', 'blu'],
      ]),
    ]);
    expect(unknownColumns).toEqual(['colore preferito']);
    expect(() =>
      readCompanies([
        gridTable('firms.csv', [
          ['a', 'b'],
          ['1', '2'],
        ]),
      ]),
    ).toThrow('no column of names');
  });

  it('leaves out a row that is there twice, and rejects the second one of two that differ', () => {
    const { ready, issues, repeated } = companies(
      ['nome', 'paese', 'comune', 'addetti'],
      [
        ['Alfa', 'IT', 'Lecco', 3],
        ['ALFA', 'IT', 'Lecco', 3],
        ['Alfa', 'IT', 'Lecco', 4],
        ['Alfa', 'IT', 'Como', 3],
        ['Alfa', 'IT', 'Lecco', 3],
      ],
    );
    expect(ready.map(({ row }) => row)).toEqual([2, 5]);
    expect(repeated).toBe(1);
    expect(issues.map(({ row, wrong }) => [row, wrong])).toEqual([
      [3, 'row 2 is the same by its key and says something else'],
      [4, 'row 2 is the same by its key and says something else'],
    ]);
  });

  it('takes profiles in JSON as the API has them', () => {
    const item = {
      name: 'Alfa',
      country: 'CH',
      territory: 'CH070',
      sectors: [{ scheme: 'NOGA2025', code: '28.41' }],
      languages: ['it', 'de'],
      offers: ['molle', { competence: 'filo', level: 'expert' }],
      identifiers: [{ scheme: 'uid-ch', value: 'CHE-100.155.212' }],
      contact: { name: 'Pia Prova', email: 'pia@example.org' },
      sizeClass: 'small',
    };
    const table: Table = {
      file: 'firms.json',
      headers: Object.keys(item),
      rows: [{ file: 'firms.json', row: 1, cells: new Map(Object.entries(item)) }],
    };
    const { ready, issues } = prepare(readCompanies([table]).drafts, companyCreateSchema, COMPANY_FIELDS);
    expect(issues).toEqual([]);
    expect(ready[0]?.item).toEqual(item);
  });
});

describe('the template for experts', () => {
  it('puts first and last names together in each language', () => {
    for (const headers of [
      ['Nome', 'Cognome'],
      ['Vorname', 'Name'],
      ['Prénom', 'Nom'],
      ['First name', 'Last name'],
    ]) {
      expect(experts([...headers, 'paese', 'competenze'], ['Pia', 'Prova', 'IT', 'molle']).ready[0]?.item.name).toBe(
        'Pia Prova',
      );
    }
  });

  it('reads competences with levels, places served, absences and numbered evidence', () => {
    const { ready, issues } = experts(
      [
        'nome',
        'paese',
        'competenze',
        'territori serviti',
        'assenze',
        'prova 1',
        'prova 1 anno',
        'prova 1 tipo',
        'Nachweis 2 Titel',
        'Nachweis 2 Text',
        'capacità',
      ],
      [
        'Pia Prova',
        'IT',
        'visione artificiale (esperto); molle (filo)',
        'Lecco; Ticino; CH',
        '1.8.2026 - 31.8.2026',
        'Telaio',
        2024,
        'progetto',
        'Gewebe',
        'Optische Prüfung',
        4,
      ],
    );
    expect(issues).toEqual([]);
    expect(ready[0]?.item).toMatchObject({
      competences: [{ competence: 'visione artificiale', level: 'expert' }, 'molle (filo)'],
      territories: ['ITC43', 'CH070', 'CH'],
      away: [{ from: '2026-08-01', to: '2026-08-31' }],
      evidence: [
        { title: 'Telaio', year: 2024, kind: 'project' },
        { title: 'Gewebe', text: 'Optische Prüfung', kind: 'work' },
      ],
      capacity: 4,
    });
  });

  it('makes one expert of the rows that share a key, and keeps a bad row of hers from being half imported', () => {
    const headers = ['key', 'name', 'country', 'evidence title', 'evidence year'];
    const { ready } = experts(
      headers,
      ['p1', 'Pia Prova', 'IT', 'Uno', 2020],
      ['p1', 'Pia Prova', 'IT', 'Due', 2021],
      ['p2', 'Ugo Prova', 'IT', 'Tre', 2022],
    );
    expect(ready.map(({ key, item }) => [key, item.evidence?.map(({ title }) => title)])).toEqual([
      ['p1', ['Uno', 'Due']],
      ['p2', ['Tre']],
    ]);
    const bad = experts(headers, ['p1', 'Pia Prova', 'IT', 'Uno', 2020], ['p1', 'Pia Prova', 'IT', 'Due', 'ieri']);
    expect(bad.ready).toEqual([]);
    expect(bad.issues).toMatchObject([{ row: 3, column: 'evidence year', value: 'ieri' }]);
  });

  it('rejects an expert of whom nothing tells what she can do', () => {
    expect(experts(['nome', 'paese'], ['Pia Prova', 'IT']).issues).toMatchObject([
      { column: 'competences', wrong: expect.stringContaining('at least one') },
    ]);
  });
});
