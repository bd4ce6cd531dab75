import { chmodSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type EngineName, removePlace, startEngines } from '#libs/engines';
import { cacheIn } from './cache.js';
import type { Surroundings } from './system.js';

const root = join(import.meta.dirname, '../..');
const PREFIX = 'ceresio-ranking-';

/** Said instead of a folder: the project's own taxonomy, whatever lies beside the checkout. */
const OWN = 'own';

/** Gives the work the engines that these systems need, with data that live as long as the work does. */
export async function surrounded(
  systems: readonly string[],
  taxonomy: string | undefined,
  log: (line: string) => void,
  work: (surroundings: Surroundings) => Promise<void>,
): Promise<void> {
  if (taxonomy !== undefined && taxonomy !== OWN && !existsSync(taxonomy)) throw new Error(`${taxonomy} is not there`);
  await removeLeftovers();
  const dir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // As root the engines run as somebody else, who must be able to enter.
  chmodSync(dir, 0o755);
  try {
    const engines = await startEngines({ dir, only: wantedEngines(systems), ports: 'free', log });
    try {
      const taxonomyDir = taxonomy === OWN ? undefined : (taxonomy ?? sharedTaxonomy());
      if (!taxonomyDir) log('No folder of taxonomies: the project’s own taxonomy alone');
      const cache = cacheIn(join(root, '.ceresio/bench-ranking'));
      await work({ meilisearch: engines.meilisearch, postgres: engines.postgres, taxonomyDir, cache, log });
    } finally {
      await engines.stop();
    }
  } finally {
    await removePlace(dir);
  }
}

function wantedEngines(systems: readonly string[]): EngineName[] {
  if (systems.includes('ceresio')) return ['postgres', 'meilisearch'];
  return systems.some((name) => name.startsWith('meili-')) ? ['meilisearch'] : [];
}

/** The data that developers may have beside the checkout. */
function sharedTaxonomy(): string | undefined {
  const dir = resolve(root, '../shared/data/taxonomy');
  return existsSync(dir) ? dir : undefined;
}

/** A run that was broken off could not delete its data. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? /^\d+/.exec(name.slice(PREFIX.length))?.[0] : undefined;
    if (pid && !isAlive(Number(pid))) await removePlace(join(tmpdir(), name));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, but it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
