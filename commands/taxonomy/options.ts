import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

export const HELP = `Imports official classifications, so that needs are understood through their labels and relations too.

  npm run taxonomy -- import PATH [PATH …] [options]   files, or folders with files
  npm run taxonomy -- status                           what is in use
  npm run taxonomy -- remove SOURCE                    forgets a classification (esco, noga2008, ateco2025)

  --dry-run       reads and checks everything, changes nothing
  --without FILE  leaves out concepts whose id stands in the file (first or second column, tabs between), for measuring
  --replace       replaces a classification although languages or kinds of concepts that it has now would be lost
  --help

What is understood
  ESCO      the official CSV files of any version and language: skills_it.csv, skillGroups_it.csv, skillsHierarchy_it.csv, occupations_it.csv,
            ISCOGroups_it.csv, broaderRelationsSkillPillar_it.csv, broaderRelationsOccPillar_it.csv; and crosswalks from ESCO ("Classification 1 URI"),
            which name known concepts in another language
  NOGA      JSON: level, code, labels in four languages
  ATECO     JSON: a list of code and description

Give all files of a classification in one import: it takes the place of the one before as a whole, in one moment, while the system serves.
The same files again change nothing. The database is that of the system started here (npm start), or DATABASE_URL (of matching), or the file that
DATABASE_URL_FILE names.
Exit code: 0 done, 1 nothing in the files was usable or the import was refused, 2 wrong use.`;

/** Wrong use of the command; the message says what is wrong. */
export class Usage extends Error {}

export interface ImportCall {
  action: 'import';
  paths: string[];
  dryRun: boolean;
  replace: boolean;
  without: string | undefined;
}
export type TaxonomyCall =
  | { action: 'help' }
  | { action: 'status' }
  | { action: 'remove'; source: string }
  | ImportCall;

/** Reads the command line. Throws Usage. */
export function readCall(args: string[]): TaxonomyCall {
  const { values, positionals } = parsed(args);
  if (values.help) return { action: 'help' };
  const [action, ...rest] = positionals;
  switch (action) {
    case 'import': {
      const missing = [...rest, ...(values.without ? [values.without] : [])].find((path) => !existsSync(path));
      if (missing) throw new Usage(`There is no ${missing}.`);
      if (rest.length === 0) throw new Usage('Name files or folders to import.');
      return { action, paths: rest, dryRun: values['dry-run'], replace: values.replace, without: values.without };
    }
    case 'status':
      return { action };
    case 'remove':
      if (rest.length !== 1) throw new Usage('Name the one classification to remove, such as esco.');
      return { action, source: rest[0]! };
    default:
      throw new Usage(action ? `There is no "${action}".` : 'What is to be done?');
  }
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        replace: { type: 'boolean', default: false },
        without: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}
