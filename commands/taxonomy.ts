import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type EntityManager } from 'typeorm';
import { loadSecrets, serviceDatabaseUrl, setting } from '#libs/engines';
import { dataDirectory } from './directory.js';
import { type Progress, progressOn } from './taxonomy/display.js';
import { keepSources, removeSource, statusLines } from './taxonomy/keep.js';
import { HELP, type ImportCall, readCall, type TaxonomyCall, Usage } from './taxonomy/options.js';
import { type ReferenceReading, readReference, readWithout } from './taxonomy/read-reference.js';
import { filesOf } from './taxonomy/source-file.js';
import { countLines, leftOutLines } from './taxonomy/summary.js';

type Print = (line: string) => void;
type OpenDatabase = <T>(work: (manager: EntityManager) => Promise<T>) => Promise<T>;

/** Does what the call says; resolves with the exit code. */
export async function taxonomyCommand(
  call: TaxonomyCall,
  database: OpenDatabase,
  print: Print,
  progress: Progress,
): Promise<number> {
  if (call.action === 'help') print(HELP);
  else if (call.action === 'status') (await database(statusLines)).forEach(print);
  else if (call.action === 'remove')
    (await database((manager) => removeSource(manager, call.source, progress))).forEach(print);
  else return importFiles(call, database, print, progress);
  return 0;
}

async function importFiles(
  call: ImportCall,
  database: OpenDatabase,
  print: Print,
  progress: Progress,
): Promise<number> {
  const reading = readAll(call, progress);
  leftOutLines(reading).forEach(print);
  if (reading.sources.length === 0) {
    print('Nothing in these files was usable. See: npm run taxonomy -- --help');
    return 1;
  }
  for (const { source, concepts } of reading.sources) {
    print(`${source}:`);
    countLines(concepts).forEach(print);
  }
  if (call.dryRun) print('Dry run: nothing was changed.');
  else (await database((manager) => keepSources(manager, reading.sources, call.replace, progress))).forEach(print);
  for (const { attribution } of reading.sources) if (attribution) print(attribution);
  return 0;
}

function readAll(call: ImportCall, progress: Progress): ReferenceReading {
  const files = call.paths.flatMap(filesOf);
  progress.start(
    'Reading',
    files.reduce((sum, file) => sum + statSync(file).size, 0),
  );
  const without = call.without === undefined ? new Set<string>() : readWithout(call.without);
  const reading = readReference(files, { without, progress: (bytes) => progress.step(bytes) });
  progress.end();
  return reading;
}

/** The database of matching: given, or that of the system that runs here. */
function databaseUrl(env: NodeJS.ProcessEnv): string {
  const given = setting(env, 'DATABASE_URL');
  if (given) return given;
  const dir = dataDirectory(env);
  const file = join(dir, 'run.json');
  if (!existsSync(file)) throw new Error('Nothing runs here: start the system (npm start), or set DATABASE_URL.');
  const run = JSON.parse(readFileSync(file, 'utf8')) as { engines: { postgres: string } };
  const password = loadSecrets(dir).servicePasswords.matching;
  if (!password) throw new Error('The system that runs here has no password for the database of matching.');
  return serviceDatabaseUrl(run.engines.postgres, 'matching', password);
}

const openDatabase: OpenDatabase = async (work) => {
  const source = await new DataSource({ type: 'postgres', url: databaseUrl(process.env) }).initialize();
  try {
    return await work(source.manager);
  } finally {
    await source.destroy();
  }
};

if (import.meta.main) {
  try {
    const print = (line: string) => process.stdout.write(`${line}\n`);
    const call = readCall(process.argv.slice(2));
    process.exitCode = await taxonomyCommand(call, openDatabase, print, progressOn(process.stderr));
  } catch (error) {
    const usage = error instanceof Usage;
    process.stderr.write(`${(error as Error).message}\n${usage ? 'See: npm run taxonomy -- --help\n' : ''}`);
    process.exitCode = usage ? 2 : 1;
  }
}
