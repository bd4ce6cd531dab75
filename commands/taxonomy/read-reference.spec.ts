import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readReference, readWithout } from './read-reference.js';
import { countLines, leftOutLines } from './summary.js';

// Invented concepts in the layout of the official files.
const SKILL = 'http://data.europa.eu/esco/skill';
const SKILLS_EN = `\ufeffconceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,inScheme,description
KnowledgeSkillCompetence,${SKILL}/1,skill/competence,,plait baskets ,"weave baskets
plait baskets

make  baskets",,released,,,,,"Plait willow, straw or cane."
KnowledgeSkillCompetence,${SKILL}/2,knowledge,,bell tuning,,,released,,,,,
KnowledgeSkillCompetence,${SKILL}/3,knowledge,,old trade,,,obsolete,,,,,
`;
const SKILLS_IT = `conceptType,conceptUri,preferredLabel,altLabels,status,description
KnowledgeSkillCompetence,${SKILL}/1,intrecciare cesti,,released,Intreccia vimini.
`;
const SKILL_GROUPS = `conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,status,description,code
SkillGroup,${SKILL}/g1,crafts,,,released,,S9
SkillGroup,${SKILL}/g2,willow work,,,released,,S9.1
`;
const HIERARCHY = `Level 0 URI,Level 0 preferred term,Level 1 URI,Level 1 preferred term,Level 2 URI,Level 2 preferred term,Level 3 URI,Level 3 preferred term
${SKILL}/g1,crafts,,,,,,
${SKILL}/g1,crafts,${SKILL}/g2,willow work,,,,
`;
const RELATIONS = `conceptType,conceptUri,broaderType,broaderUri
KnowledgeSkillCompetence,${SKILL}/1,SkillGroup,${SKILL}/g2
KnowledgeSkillCompetence,${SKILL}/1,SkillGroup,${SKILL}/nobody-described
`;
const OCCUPATION = 'http://data.europa.eu/esco/occupation';
const OCCUPATIONS = `conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,status,description,code
Occupation,${OCCUPATION}/1,7317,Korbflechterin/Korbflechter,"Korbflechter
Korbflechterin",released,,7317.1
Occupation,${OCCUPATION}/2,none,Glockenstimmer,,released,,
Occupation,not a uri,7317,Seiler,,released,,
Occupation,${OCCUPATION}/4,7317,,,released,,
`;
const CROSSWALK = `,,,
Mapping project name,an invented one,,
Classification 1 Language,de,,
Classification 2 Language,de,,
,,,
Classification 1 URI,Classification 1 PrefLabel,Classification 2 ID,Classification 2 PrefLabel,Mapping relation
${SKILL}/1,Körbe flechten,K 1,Flechtwerk,skos:closeMatch
${SKILL}/1,Körbe flechten,K 2,Korbflechterei,skos:exactMatch
${SKILL}/77,unbekannt,K 3,Unbekanntes,skos:exactMatch
,,K 4,ohne Partner,
`;
const NOGA = {
  SECTION: { C: { it: 'ATTIVITÀ', de: 'GEWERBE' } },
  DIVISION: { 16: { it: 'Legno', de: 'Holz' } },
  GROUP: { 162: { it: 'Prodotti', de: 'Waren' } },
  CLASS: { 1629: { it: 'Altri prodotti', de: 'Andere Waren' }, wrong: { it: 'x' } },
  TYPE: { 162900: { it: 'Altri prodotti', de: 'Andere Waren' } },
};
const ATECO = [
  { code: '16.29.1', description: 'Cesti' },
  { code: '16.29.11', description: 'Cesti di vimini' },
  { code: 'x', description: 'Altro' },
];

let dir: string;
const file = (name: string) => join(dir, name);

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'reference-'));
  mkdirSync(file('lists'));
  const files: Record<string, string> = {
    'skills_en.csv': SKILLS_EN,
    'ESCO - v9 - skills_it.csv': SKILLS_IT,
    'skillGroups_en.csv': SKILL_GROUPS,
    'skillsHierarchy_en.csv': HIERARCHY,
    'broaderRelationsSkillPillar_en.csv': RELATIONS,
    'occupations_de.csv': OCCUPATIONS,
    // Its name puts it before the files that describe what it names.
    'a-crosswalk.csv': CROSSWALK,
    'skills_pl.csv': SKILLS_IT,
    'addresses.csv': 'name,street\nsomebody,somewhere\n',
    'notes.txt': 'nothing',
    'lists/noga2008.json': JSON.stringify(NOGA),
    'lists/ateco_2025.json': JSON.stringify(ATECO),
    'lists/other.json': '{"a": 1}',
    'without.tsv': `gone\t${SKILL}/2\n${OCCUPATION}/2\tx\n`,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(file(name), text);
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('Reading official classifications', () => {
  const concepts = (source: string, options = {}) =>
    new Map(
      readReference([dir], options)
        .sources.find((one) => one.source === source)
        ?.concepts.map((concept) => [concept.id, concept]),
    );

  it('brings the languages of a concept together from several files, the preferred label first and none twice', () => {
    const baskets = concepts('esco').get(`${SKILL}/1`);
    expect(baskets).toMatchObject({
      kind: 'skill',
      descriptions: { en: 'Plait willow, straw or cane.', it: 'Intreccia vimini.' },
    });
    expect(baskets?.labels).toEqual({
      it: ['intrecciare cesti'],
      en: ['plait baskets', 'weave baskets', 'make baskets'],
      de: ['Körbe flechten', 'Korbflechterei'],
      fr: [],
    });
  });

  it('takes wider concepts from hierarchy, relations and ISCO groups, and only those that are described', () => {
    const esco = concepts('esco');
    expect(esco.get(`${SKILL}/1`)?.broader).toEqual([`${SKILL}/g2`]);
    expect(esco.get(`${SKILL}/g2`)).toMatchObject({ kind: 'group', broader: [`${SKILL}/g1`], code: 'S9.1' });
    expect(esco.get(`${OCCUPATION}/1`)?.broader).toEqual(['http://data.europa.eu/esco/isco/C7317']);
    expect(esco.get('http://data.europa.eu/esco/isco/C7317')?.broader).toEqual([
      'http://data.europa.eu/esco/isco/C731',
    ]);
  });

  it('leaves out what is obsolete, what nobody described and what is not wanted', () => {
    expect(concepts('esco').has(`${SKILL}/3`)).toBe(false);
    expect(concepts('esco').has(`${SKILL}/77`)).toBe(false);
    expect(concepts('esco').has(`${SKILL}/2`)).toBe(true);
    const without = readWithout(file('without.tsv'));
    expect(concepts('esco', { without }).has(`${SKILL}/2`)).toBe(false);
    expect(concepts('esco', { without }).has(`${OCCUPATION}/2`)).toBe(false);
  });

  it('reads NOGA and ATECO as sectors under their codes', () => {
    const noga = concepts('noga2008');
    expect([...noga.keys()]).toEqual([
      'noga2008:16',
      'noga2008:16.2',
      'noga2008:16.29',
      'noga2008:16.29.00',
      'noga2008:C',
    ]);
    expect(noga.get('noga2008:16')).toMatchObject({ kind: 'sector', broader: ['noga2008:C'] });
    expect(noga.get('noga2008:16.29')).toMatchObject({ code: '16.29', broader: ['noga2008:16.2'] });
    expect(noga.get('noga2008:16.29.00')?.broader).toEqual(['noga2008:16.29']);
    expect(concepts('ateco2025').get('ateco2025:16.29.11')).toMatchObject({
      broader: ['ateco2025:16.29.1'],
      labels: { it: ['Cesti di vimini'], en: [], de: [], fr: [] },
    });
  });

  it('says which rows it left out, where, and what would be right', () => {
    const { problems } = readReference([dir]);
    expect(problems.map(({ file: name, row, column, value }) => [name, row, column, value])).toEqual([
      ['occupations_de.csv', 3, 'iscoGroup', 'none'],
      ['occupations_de.csv', 4, 'conceptUri', 'not a uri'],
      ['occupations_de.csv', 5, 'preferredLabel', ''],
      ['ateco_2025.json', 3, 'code', 'x'],
      ['noga2008.json', 5, 'CLASS', 'wrong'],
    ]);
    for (const { right } of problems) expect(right).not.toBe('');
  });

  it('names the files that it left out, and the concepts of a crosswalk that are of another version', () => {
    const reading = readReference([dir]);
    expect(reading.leftOut.map(({ file: path }) => path.slice(dir.length + 1))).toEqual([
      'skills_pl.csv',
      'addresses.csv',
      'lists/other.json',
    ]);
    const lines = leftOutLines(reading).join('\n');
    expect(lines).toContain('its language is pl; it, en, de and fr are known');
    expect(lines).toContain('a-crosswalk.csv: 1 concepts that no other file describes');
    expect(lines).toContain(
      'occupations_de.csv, row 3, iscoGroup: "none" is no ISCO group; right would be one to four digits',
    );
  });

  it('reads a file that is given by name even when its ending is another, and says why it cannot', () => {
    const { leftOut, sources } = readReference([file('notes.txt'), file('skills_en.csv')]);
    expect(leftOut.map(({ file: path }) => path)).toEqual([file('notes.txt')]);
    expect(sources.map(({ source, attribution }) => [source, attribution])).toEqual([
      ['esco', 'This service uses the ESCO classification of the European Commission.'],
    ]);
  });

  it('reads the same whatever the order in which the paths are given', () => {
    const names = ['a-crosswalk.csv', 'skills_en.csv', 'ESCO - v9 - skills_it.csv'].map(file);
    expect(readReference(names).sources).toEqual(readReference([...names].reverse()).sources);
  });

  it('counts concepts and labels by kind and language', () => {
    const { sources } = readReference([file('skills_en.csv'), file('ESCO - v9 - skills_it.csv')]);
    expect(countLines(sources[0]?.concepts ?? [])).toEqual([
      '       2 skills       it 1 (1 labels)  en 2 (4 labels)  de 0  fr 0',
    ]);
  });
});
