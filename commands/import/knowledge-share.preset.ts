import { cleanText, shorten } from './clean-text.js';
import { type Draft, draftOf, put } from './field.js';
import { countryOfInstitution, territoryOfInstitution } from './institution-place.js';
import { type Table, type TableRow, UnreadableFile } from './table.js';
import type { Mapped } from './template.js';

const USED = new Set([
  'id',
  'abstract',
  'description',
  'payoff',
  'enablingTechnologies',
  'mainApplications',
  'targetCustomers',
  'categories',
  'tags',
  'lookingFor',
  'owners',
]);

/** Spin-offs of Italian universities as the platform of their patents and companies describes them: one firm for each record. */
export function readSpinOffs(tables: readonly Table[]): Mapped {
  for (const table of tables) {
    if (!table.headers.includes('abstract') || !table.headers.includes('owners')) {
      throw new UnreadableFile(`${table.file} is no list of spin-offs: its records have no abstract or no owners.`);
    }
  }
  const unknown = new Set(tables.flatMap((table) => table.headers.filter((header) => !USED.has(header))));
  return { drafts: tables.flatMap((table) => table.rows.map(readSpinOff)), unknownColumns: [...unknown] };
}

function readSpinOff(row: TableRow): Draft {
  const draft = draftOf(row);
  const text = (header: string) => cleanText(String(row.cells.get(header) ?? ''));
  const owners = names(row.cells.get('owners'), 'name');
  const italian = owners.find((owner) => countryOfInstitution(owner) === 'IT');
  const seat = owners.map((owner) => territoryOfInstitution(owner, 'IT')).find((place) => place);
  draft.key = row.cells.has('id') ? String(row.cells.get('id')) : undefined;
  put(draft.item, 'name', nameOf(text('abstract'), text('description'), text('payoff'), italian ?? owners[0]));
  put(draft.item, 'country', 'IT');
  put(draft.item, 'territory', seat);
  put(draft.item, 'kind', 'start-up');
  put(draft.item, 'languages', ['it', 'en']);
  const body = [text('abstract'), text('description'), text('mainApplications')].filter((part) => part !== '');
  put(draft.item, 'text', shorten([...new Set(body)].join('\n\n'), 4000) || undefined);
  const technologies = phrasesOf(text('enablingTechnologies'));
  put(
    draft.item,
    'offers',
    distinct(
      [...names(row.cells.get('categories'), 'name'), ...names(row.cells.get('tags'), 'name'), ...technologies].filter(
        isField,
      ),
    ).slice(0, 40),
  );
  put(
    draft.item,
    'seeks',
    names(row.cells.get('lookingFor'), 'label').map((label) => WANTED[label] ?? label),
  );
  for (const [path, header] of [
    ['name', 'payoff'],
    ['text', 'description'],
    ['offers', 'enablingTechnologies'],
    ['seeks', 'lookingFor'],
  ] as const) {
    draft.columns.set(path, header);
  }
  return draft;
}

/** What the records call a partner, in the words of the competences. */
const WANTED: Record<string, string> = {
  'Investment funds': 'venture capital',
  Internationalization: 'internationalisation',
  'Grant partner': 'public funding',
  License: 'licensing',
};
// Programmes, prizes and promotions stand among the tags but are no competences.
const isField = (tag: string) =>
  !/^(?:project \d+|women entrepreneurs|ks @|wmf \d|r2b \d|new procedures|novel products|protection|customi[sz]ation)/i.test(
    tag,
  );

const VERBS =
  'is|are|was|aims|offers|has|have|develops|developed|designs|designed|provides|produces|deals|operates|works|supports|specializes|specialises|creates|proposes|realizes|carries|focuses|allows|combines|uses|helps|enables|manufactures|represents|intends|wants|brings|builds|makes|originates|was born|born|innovates|performs|supplies|delivers|transforms|integrates|exploits|studies|promotes';
const NAME = new RegExp(
  `^(?:the (?:start-?up|spin-?off|company) )?["“«]?([A-Z][\\w.&'’+-]*(?: (?:[A-Z][\\w.&'’+-]*|of|di|for|by|&)){0,3})["”»]?(?:,? (?:srl|s\\.r\\.l\\.|spa))?(?: \\([^)]*\\))?(?:,|:)? (?:– |- )?(?:${VERBS}) `,
);
const NO_NAME =
  /^(?:the|our|we|this|it|its|a|an|in|through|there|these|they|founded|based|starting|thanks|currently|research|technology|technologies|solutions?|company|startup|start-up|spin-?off|innovative|advanced|production|development|project|team|artificial intelligence|smart)\b/i;

/** Records have no name: the one with which their own texts begin, else a label of what the firm says of itself and whose child it is. */
export function nameOf(abstract: string, description: string, payoff: string, owner: string | undefined): string {
  for (const text of [abstract, description]) {
    const name = NAME.exec(text)?.[1]?.replace(/[.'’]+$/, '');
    if (name && !NO_NAME.test(name) && name.length >= 3) return name;
  }
  const label = shorten((payoff || abstract).replace(/\s+/g, ' ').replace(/[.\s]+$/, ''), 80);
  return owner ? `${label} (spin-off, ${shorten(owner, 80)})` : label;
}

function names(list: unknown, field: string): string[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((one) => {
    const name = (one as Record<string, unknown> | null)?.[field];
    return typeof name === 'string' && name.trim() ? [shorten(cleanText(name), 120)] : [];
  });
}

/** Short phrases of a field in which some list their technologies and others tell of them; whole sentences stay out, their words are in the text anyway. */
function phrasesOf(text: string): string[] {
  return text
    .split(/[\n,;•]|\. |(?<=[a-z)])(?=[A-Z][a-z])| - /)
    .map((phrase) => phrase.replace(/["“”]/g, '').replace(/^[\s\-–]+|[\s.]+$/g, ''))
    .filter((phrase) => phrase.length > 2 && phrase.length <= 60 && phrase.split(' ').length <= 6);
}

function distinct(values: readonly string[]): string[] {
  return [...new Map(values.map((value) => [value.toLowerCase(), value])).values()];
}
