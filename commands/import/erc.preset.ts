import { cleanText, shorten } from './clean-text.js';
import { addIssue, type Draft, draftOf, put } from './field.js';
import { countryOfInstitution, territoryOfInstitution } from './institution-place.js';
import { shown } from './issue.js';
import { joinDrafts } from './join-drafts.js';
import { type Table, type TableRow, UnreadableFile } from './table.js';
import type { Mapped, TemplateOptions } from './template.js';

const COLUMNS = ['project', 'main_researcher', 'institution', 'details_project'];
const USED = new Set([...COLUMNS, 'project_acronym', 'date_start_project']);

/** Lists of ERC grants as the European Commission's project data base names their columns: one expert for each researcher, with the grants as evidence. */
export function readErcGrants(tables: readonly Table[], options: TemplateOptions = {}): Mapped {
  for (const table of tables) {
    const missing = COLUMNS.filter((column) => !table.headers.includes(column));
    if (missing.length > 0)
      throw new UnreadableFile(`${table.file} is no list of ERC grants: it has no column ${missing.join(', ')}.`);
  }
  const drafts = tables.flatMap((table) => table.rows.map((row) => readGrant(row, options.country)));
  const unknownColumns = new Set(tables.flatMap((table) => table.headers.filter((header) => !USED.has(header))));
  return { drafts: joinDrafts(drafts), unknownColumns: [...unknownColumns] };
}

function readGrant(row: TableRow, otherwise: string | undefined): Draft {
  const draft = draftOf(row);
  const cell = (header: string) => {
    const text = String(row.cells.get(header) ?? '').trim();
    return text === 'NA' ? '' : text;
  };
  const from = (path: string, header: string, value: unknown) => {
    draft.columns.set(path, header);
    draft.values.set(path, shown(cell(header)));
    if (value) put(draft.item, path, value);
  };
  const researcher = cell('main_researcher').replace(/\s+/g, ' ');
  const institution = cell('institution').replace(/\s+/g, ' ');
  const country = countryOfInstitution(institution) ?? otherwise;
  from('name', 'main_researcher', researcher);
  from('country', 'institution', country);
  if (institution && !country)
    addIssue(draft, 'country', 'does not tell the country', 'an institution whose name has its country or town');
  from('affiliation', 'institution', institution);
  from('territory', 'institution', country && territoryOfInstitution(institution, country));
  from('evidence', 'project', [evidenceOf(cell)]);
  put(draft.item, 'role', 'researcher');
  // The grants are written in English; nothing is known of other languages.
  put(draft.item, 'languages', ['en']);
  // Without a researcher two grants are not of one person.
  draft.key = researcher.toLowerCase() || `${row.file} ${row.row}`;
  return draft;
}

function evidenceOf(cell: (header: string) => string): Record<string, unknown> {
  const title = cleanText(cell('project')).replace(/\s+/g, ' ') || cell('project_acronym');
  const text = shorten(cleanText(cell('details_project')), 4000);
  const year = Number(cell('date_start_project').slice(0, 4));
  return { kind: 'project', title: shorten(title, 300), ...(text ? { text } : {}), ...(year > 1900 ? { year } : {}) };
}
