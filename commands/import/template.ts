import { createHash } from 'node:crypto';
import { countryOf, foldLabel } from '#libs/competences';
import { COMPANY_FIELDS } from './company-fields.js';
import { EXPERT_FIELDS, evidenceFields } from './expert-fields.js';
import { type Draft, draftOf, type Field, put, readCell, recogniseColumns } from './field.js';
import { identifiersOf } from './identifier-fields.js';
import { joinDrafts } from './join-drafts.js';
import { type Table, type TableRow, UnreadableFile } from './table.js';

export interface TemplateOptions {
  /** Country of rows that tell none. */
  country?: string;
}

/** What a list became: a draft for each row or person, and the headers that mean nothing here. */
export interface Mapped {
  drafts: Draft[];
  unknownColumns: string[];
}

/** Reads lists of firms in the project's own template. Throws UnreadableFile when no column holds names. */
export function readCompanies(tables: readonly Table[], options: TemplateOptions = {}): Mapped {
  return readTemplate(tables, COMPANY_FIELDS, options, finishCompany);
}

/** Reads lists of experts in the project's own template; rows of one key are one expert. Throws UnreadableFile when no column holds names. */
export function readExperts(tables: readonly Table[], options: TemplateOptions = {}): Mapped {
  const headers = tables.flatMap((table) => table.headers);
  const fields = [...evidenceFields(headers, foldLabel), ...EXPERT_FIELDS];
  const mapped = readTemplate(tables, fields, options, finishExpert);
  return { ...mapped, drafts: joinDrafts(mapped.drafts) };
}

type Finish = (draft: Draft, values: Map<string, unknown>) => void;

function readTemplate(
  tables: readonly Table[],
  fields: readonly Field[],
  options: TemplateOptions,
  finish: Finish,
): Mapped {
  const { fieldOf, unknown } = recogniseColumns(tables, fields);
  for (const table of tables) {
    const names = table.headers.some((header) => /^(?:name|lastName)$/.test(fieldOf.get(header)?.path ?? ''));
    if (!names && table.rows.length > 0) {
      throw new UnreadableFile(
        `${table.file} has no column of names that we recognise. Its columns: ${table.headers.join(', ')}. See docs/import.md for the template.`,
      );
    }
  }
  const drafts = tables.flatMap((table) => {
    const columns = table.headers.flatMap((header) => {
      const path = fieldOf.get(header)?.path;
      return path ? [[path, header] as const] : [];
    });
    return table.rows.map((row) => readRow(row, columns, fieldOf, options, finish));
  });
  return { drafts, unknownColumns: unknown };
}

function readRow(
  row: TableRow,
  columns: readonly (readonly [path: string, header: string])[],
  fieldOf: Map<string, Field>,
  options: TemplateOptions,
  finish: Finish,
): Draft {
  const draft = draftOf(row);
  // An empty cell may be what is wrong, so the headers are told for all fields of the file.
  for (const [path, header] of columns) draft.columns.set(path, header);
  const values = new Map<string, unknown>();
  // The country first: the same two letters are a canton here and a province there.
  const cells = [...row.cells].sort(
    ([a], [b]) => Number(fieldOf.get(b)?.path === 'country') - Number(fieldOf.get(a)?.path === 'country'),
  );
  const likelyCountry = countryOfHeaders(row, fieldOf) ?? options.country;
  for (const [header, cell] of cells) {
    const field = fieldOf.get(header);
    if (!field) continue;
    const country = values.get('country') as string | undefined;
    const value = readCell(draft, field, header, cell, { country, likelyCountry });
    if (value !== undefined) values.set(field.path, value);
  }
  values.set('country', values.get('country') ?? guessCountry(values, row, fieldOf) ?? options.country);
  draft.key = values.get('externalKey') as string | undefined;
  finish(draft, values);
  draft.key ??= hashOf(draft.item);
  return draft;
}

const OWN_PLACE = new Set(['externalKey', 'firstName', 'lastName', 'vat-it', 'tax-it', 'rea-it', 'uid-ch']);

function finishCompany(draft: Draft, values: Map<string, unknown>): void {
  for (const [path, value] of values) {
    if (path === 'contact.name' && typeof value === 'object') put(draft.item, 'contact', value);
    else if (!OWN_PLACE.has(path)) put(draft.item, path, value);
  }
  const identifiers = identifiersOf(draft, values);
  if (identifiers.length > 0) put(draft.item, 'identifiers', identifiers);
  draft.key ??= identifiers.find(({ scheme }) => scheme === 'uid-ch')?.value;
}

function finishExpert(draft: Draft, values: Map<string, unknown>): void {
  const evidence = new Map<string, Record<string, unknown>>();
  for (const [path, value] of values) {
    const [, number, part] = /^evidence#(\d+)\.(.+)$/.exec(path) ?? [];
    if (number && part) {
      if (Array.isArray(value) && part === 'title') put(draft.item, 'evidence', value);
      else evidence.set(number, { ...evidence.get(number), [part]: value });
    } else if (path === 'contact.name' && typeof value === 'object') put(draft.item, 'contact', value);
    else if (!OWN_PLACE.has(path)) put(draft.item, path, value);
  }
  if (evidence.size > 0) put(draft.item, 'evidence', [...evidence.values()]);
  const first = values.get('firstName') ?? values.get('name');
  const last = values.get('lastName') ?? (values.has('firstName') ? values.get('name') : undefined);
  if (last) put(draft.item, 'name', [first, last].filter(Boolean).join(' '));
  draft.key ??= values.get('orcid') as string | undefined;
}

/** A column called «Kanton» or «provincia» tells the country of its two-letter signs. */
function countryOfHeaders(row: TableRow, fieldOf: Map<string, Field>): string | undefined {
  for (const header of row.cells.keys()) {
    if (fieldOf.get(header)?.path !== 'territory') continue;
    if (/^(kanton|canton|cantone)/.test(foldLabel(header))) return 'CH';
    if (/^(prov|provincia|sigla)/.test(foldLabel(header))) return 'IT';
  }
  return undefined;
}

function guessCountry(values: Map<string, unknown>, row: TableRow, fieldOf: Map<string, Field>): string | undefined {
  const territory = values.get('territory') as string | undefined;
  if (territory) return countryOf(territory);
  if (values.has('vat-it') || values.has('rea-it')) return 'IT';
  if (values.has('uid-ch')) return 'CH';
  return countryOfHeaders(row, fieldOf);
}

/** The key of a row that brings none: the same name at the same place is the same row in the next run as well. */
function hashOf(item: Record<string, unknown>): string {
  const identity = ['name', 'country', 'territory', 'town', 'affiliation'].map((field) =>
    foldLabel(String(item[field] ?? '')),
  );
  return `row-${createHash('sha256').update(identity.join('\n')).digest('hex').slice(0, 24)}`;
}
