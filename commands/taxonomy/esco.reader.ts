import { basename } from 'node:path';
import type { ReferenceConcept, ReferenceKind } from '#libs/competences';
import { LANGUAGES, type Lang } from '#libs/contracts';
import type { Records, Row, Target } from './source-file.js';

/** What ESCO asks of everybody who shows it. */
export const ESCO_ATTRIBUTION = 'This service uses the ESCO classification of the European Commission.';

const KINDS: Record<string, ReferenceKind> = {
  skills: 'skill',
  occupations: 'occupation',
  skillGroups: 'group',
  ISCOGroups: 'group',
};
const NAME =
  /(?:^|[\s_-])(skills|occupations|skillGroups|ISCOGroups|skillsHierarchy|broaderRelations(?:Skill|Occ)Pillar)_([a-z]{2})\.csv$/i;
const ISCO = 'http://data.europa.eu/esco/isco/C';

/** What the name of a file of the official layout says: which part of ESCO, in which language; undefined for other files. */
export function escoPart(path: string): { part: string; lang: string } | undefined {
  const [, part, lang] = NAME.exec(basename(path)) ?? [];
  return part && lang ? { part, lang: lang.toLowerCase() } : undefined;
}

/** Reads one file of ESCO's CSV layout. Answers why it is left out, or undefined when it was read. */
export function readEsco(records: Records, part: string, lang: string, target: Target): string | undefined {
  const known = (LANGUAGES as readonly string[]).includes(lang);
  if (/^broaderRelations/i.test(part)) return readRelations(records, target);
  if (/^skillsHierarchy$/i.test(part)) return readHierarchy(records, target);
  if (!known) return `its language is ${lang}; it, en, de and fr are known`;
  const kind = Object.entries(KINDS).find(([name]) => name.toLowerCase() === part.toLowerCase())?.[1];
  if (!kind || !records.has('conceptUri', 'preferredLabel')) return 'it has no columns conceptUri and preferredLabel';
  for (const row of records.rows()) readConcept(row, kind, lang as Lang, target);
  return undefined;
}

function readConcept(row: Row, kind: ReferenceKind, lang: Lang, { drafts, problems }: Target): void {
  const id = row.cell('conceptUri');
  if (!isUri(id)) {
    problems.push(
      row.issue('conceptUri', 'is no URI', 'the URI of the concept, beginning with http://data.europa.eu/esco/'),
    );
    return;
  }
  // Obsolete concepts stay in the files so that old data can be read.
  if (!['', 'released'].includes(row.cell('status'))) return;
  if (!row.cell('preferredLabel')) {
    problems.push(row.issue('preferredLabel', 'is empty', `the preferred label in ${lang}`));
    return;
  }
  const concept = drafts.concept(id, kind);
  drafts.addLabels(concept, lang, [row.cell('preferredLabel'), ...row.cell('altLabels').split('\n')]);
  const description = row.cell('description') || row.cell('definition');
  if (description) concept.descriptions = { ...concept.descriptions, [lang]: description };
  if (row.cell('code')) concept.code ??= row.cell('code');
  const group = row.cell('iscoGroup');
  if (kind === 'occupation' && group) {
    if (/^\d{1,4}$/.test(group)) drafts.addBroader(concept, isco(group, { drafts, problems }).id);
    else problems.push(row.issue('iscoGroup', 'is no ISCO group', 'one to four digits, such as 2166'));
  }
}

// The groups are known by their codes even where their own file, with the labels, is not there.
function isco(code: string, target: Target): ReferenceConcept {
  const group = target.drafts.concept(`${ISCO}${code}`, 'group');
  group.code ??= code;
  if (code.length > 1) target.drafts.addBroader(group, isco(code.slice(0, -1), target).id);
  return group;
}

function readRelations(records: Records, { drafts, problems }: Target): string | undefined {
  if (!records.has('conceptUri', 'broaderUri')) return 'it has no columns conceptUri and broaderUri';
  for (const row of records.rows()) {
    const id = row.cell('conceptUri');
    const broader = row.cell('broaderUri');
    if (!isUri(broader)) problems.push(row.issue('broaderUri', 'is no URI', 'the URI of the wider concept'));
    else if (drafts.has(id)) drafts.addBroader(drafts.concept(id, 'group'), broader);
  }
  return undefined;
}

// Each row is a path from the top; its last group lies under the one before.
function readHierarchy(records: Records, { drafts }: Target): string | undefined {
  if (!records.has('Level 0 URI', 'Level 1 URI')) return 'it has no columns Level 0 URI and Level 1 URI';
  for (const row of records.rows()) {
    const path = [0, 1, 2, 3].map((level) => row.cell(`Level ${level} URI`)).filter(isUri);
    path.forEach((id, level) => {
      const wider = path[level - 1];
      if (wider && drafts.has(id)) drafts.addBroader(drafts.concept(id, 'group'), wider);
    });
  }
  return undefined;
}

export function isUri(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text);
}
