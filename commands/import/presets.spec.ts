import { describe, expect, it } from '@jest/globals';
import { companyCreateSchema, expertCreateSchema } from '#libs/contracts';
import { cleanText, shorten } from './clean-text.js';
import { readErcGrants } from './erc.preset.js';
import { EXPERT_FIELDS } from './expert-fields.js';
import { countryOfInstitution, territoryOfInstitution } from './institution-place.js';
import { nameOf, readSpinOffs } from './knowledge-share.preset.js';
import { prepare } from './prepare.js';
import { gridTable, type Table } from './table.js';

// Invented records in the shape of the real ones.
const HEAD = [
  'project_acronym',
  'project',
  'main_researcher',
  'institution',
  'details_project',
  'budget_project',
  'date_start_project',
];
const grants = (...rows: unknown[][]) =>
  prepare(readErcGrants([gridTable('grants.csv', [HEAD, ...rows])]).drafts, expertCreateSchema, EXPERT_FIELDS);
const grant = (title: string, person: string, place: string, text = 'Weaving sees.', start = '2021-03-01') => [
  'ACR',
  title,
  person,
  place,
  text,
  1000,
  start,
];

describe('the preset for ERC grants', () => {
  it('makes one expert of all grants of a person, with the institution and its place', () => {
    const { ready, issues, repeated } = grants(
      grant('Seeing looms', 'Prova Pia', 'POLITECNICO DI MILANO'),
      grant('Hearing\nlooms', 'PROVA  Pia', 'POLITECNICO DI MILANO', 'A loom is heard.', '2016-01-01'),
      grant('Seeing looms', 'Prova Pia', 'POLITECNICO DI MILANO'),
    );
    expect({ issues, repeated }).toEqual({ issues: [], repeated: 0 });
    expect(ready.map(({ item }) => item)).toEqual([
      {
        name: 'Prova Pia',
        country: 'IT',
        territory: 'ITC4C',
        role: 'researcher',
        affiliation: 'POLITECNICO DI MILANO',
        languages: ['en'],
        evidence: [
          { kind: 'project', title: 'Seeing looms', text: 'Weaving sees.', year: 2021 },
          { kind: 'project', title: 'Hearing looms', text: 'A loom is heard.', year: 2016 },
        ],
      },
    ]);
  });

  it('rejects a grant without a person, and one whose institution tells no country', () => {
    const { ready, issues } = grants(
      grant('A', 'NA', 'UNIVERSITAET BERN'),
      grant('B', '', 'UNIVERSITAET BERN'),
      grant('C', 'Ugo Prova', 'NA'),
      grant('D', 'Ida Prova', 'QWERTY'),
    );
    expect(ready).toEqual([]);
    expect(issues.map(({ row, column }) => [row, column])).toEqual([
      [2, 'main_researcher'],
      [3, 'main_researcher'],
      [4, 'institution'],
      [5, 'institution'],
    ]);
  });

  it('takes the institution of another grant where one has none', () => {
    const { ready } = grants(grant('A', 'Pia Prova', ''), grant('B', 'Pia Prova', 'UNIVERSITAT BASEL'));
    expect(ready[0]?.item).toMatchObject({ country: 'CH', territory: 'CH031', affiliation: 'UNIVERSITAT BASEL' });
  });

  it('keeps the first place of a person who went to another country', () => {
    const { ready } = grants(
      grant('A', 'Pia Prova', 'UNIVERSITY OF BATH'),
      grant('B', 'Pia Prova', 'UNIVERSITAT BASEL'),
    );
    expect(ready[0]?.item).toMatchObject({ country: 'GB', affiliation: 'UNIVERSITY OF BATH' });
    expect(ready[0]?.item.territory).toBeUndefined();
  });

  it('refuses a file with other columns', () => {
    expect(() => readErcGrants([gridTable('x.csv', [['a'], ['b']])])).toThrow('no list of ERC grants');
  });
});

describe('the place of an institution', () => {
  it.each([
    ['EIDGENOESSISCHE TECHNISCHE HOCHSCHULE ZUERICH', 'CH', 'CH040'],
    ['UNIVERSITA DELLA SVIZZERA ITALIANA', 'CH', 'CH070'],
    ['ECOLE POLYTECHNIQUE FEDERALE DE LAUSANNE', 'CH', 'CH011'],
    ['ECOLE POLYTECHNIQUE', 'FR', undefined],
    ['UNIVERSITE DE GENEVE', 'CH', 'CH013'],
    ['UNIVERSITE DE LIEGE', 'BE', undefined],
    ['UNIVERSITAT DE BARCELONA', 'ES', undefined],
    ['UNIVERSITAT BERLIN', 'DE', undefined],
    ['CONSIGLIO NAZIONALE DELLE RICERCHE', 'IT', undefined],
    ["Università degli Studi dell'Insubria", 'IT', 'ITC41'],
    ['Università degli Studi di Modena e Reggio Emilia', 'IT', 'ITH53'],
  ])('of %s is %s %s', (name, country, territory) => {
    expect(countryOfInstitution(name)).toBe(country);
    expect(territoryOfInstitution(name, country)).toBe(territory);
  });
});

describe('the preset for spin-offs', () => {
  const record = {
    id: 7,
    abstract: 'Tessivista develops cameras for looms.',
    description: 'It sees faults.<img alt="x" src="https://img.example.org/a.png">They stop.',
    enablingTechnologies:
      'Machine vision\n• Deep learning &quot;edge&quot;, A whole sentence that tells at great length what all of this is about',
    payoff: 'Looms that see',
    mainApplications: 'Weaving',
    owners: [{ name: 'Politecnico di Milano' }],
    categories: [{ name: 'Sensor' }],
    tags: [{ name: 'Women Entrepreneurs' }, { name: 'sensor' }, { name: 'IoT' }],
    lookingFor: [{ label: 'Investment funds' }, { label: 'Industrial partner' }],
    trl: { value: 7 },
  };
  const read = (...records: object[]) => {
    const table: Table = {
      file: 's.json',
      headers: Object.keys(record),
      rows: records.map((one, at) => ({ file: 's.json', row: at + 1, cells: new Map(Object.entries(one)) })),
    };
    return prepare(readSpinOffs([table]).drafts, companyCreateSchema, []);
  };

  it('makes a firm of a record: name, place, plain text, what it offers and seeks', () => {
    const { ready, issues } = read(record);
    expect(issues).toEqual([]);
    expect(ready[0]).toMatchObject({
      key: '7',
      item: {
        name: 'Tessivista',
        country: 'IT',
        territory: 'ITC4C',
        kind: 'start-up',
        languages: ['it', 'en'],
        offers: ['sensor', 'IoT', 'Machine vision', 'Deep learning edge'],
        seeks: ['venture capital', 'Industrial partner'],
        text: 'Tessivista develops cameras for looms.\n\nIt sees faults. They stop.\n\nWeaving',
      },
    });
  });

  it('labels a record whose texts do not begin with a name by its motto and its university', () => {
    expect(nameOf('The start-up offers cameras.', 'We see.', 'Looms that see.', 'Politecnico di Milano')).toBe(
      'Looms that see (spin-off, Politecnico di Milano)',
    );
    expect(nameOf('Through cameras, looms see.', '', 'Looms that see', undefined)).toBe('Looms that see');
    expect(nameOf('', 'Tessi Vista srl (Como) is a spin-off.', 'Looms', undefined)).toBe('Tessi Vista');
  });

  it('imports a record without owners, tags and categories', () => {
    expect(read({ ...record, owners: [], tags: null, categories: null }).ready[0]?.item.territory).toBeUndefined();
  });
});

describe('cleaning of texts', () => {
  it('removes tags and images, and keeps what only looks like a tag', () => {
    expect(
      cleanText(
        'Faults <b>fall</b> (p<0.05, a < b, x<y and z>w) <iframe src="https://v.example.org"></iframe>by half &amp; more',
      ),
    ).toBe('Faults fall (p<0.05, a < b, x<y and z>w) by half & more');
  });
  it('gives full stops their blanks, bullets a dash, and takes control characters away', () => {
    expect(cleanText('Uses cameras.They see e.g. 3.5 mm\u0000 of\n\n\n\n•  cloth')).toBe(
      'Uses cameras. They see e.g. 3.5 mm of\n\n- cloth',
    );
  });
  it('shortens at a sentence or a word, never inside a surrogate pair', () => {
    expect(shorten('One sentence. Another sentence that goes on.', 24)).toBe('One sentence. Another…');
    expect(shorten('😀'.repeat(20), 10).isWellFormed()).toBe(true);
  });
});
