import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The project's root: where package.json is, seen from the sources and from the compiled files alike. */
export function projectRoot(): string {
  let dir = import.meta.dirname;
  while (!existsSync(join(dir, 'package.json'))) dir = dirname(dir);
  return dir;
}

/** Where a system that runs on this machine keeps its data: `CERESIO_DIR`, else `.ceresio` in the project. */
export function dataDirectory(env: NodeJS.ProcessEnv): string {
  return resolve(env.CERESIO_DIR || join(projectRoot(), '.ceresio'));
}
