import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** What was made once for a key. The key must name all that the value depends on, best as hashes of content. */
export interface Cache {
  /** A folder for whoever keeps files of its own. */
  dir: string;
  cached<T>(key: readonly string[], make: () => Promise<T>): Promise<T>;
}

/** A cache in a folder; values survive as structured clones (maps, sets and typed arrays too). Deleting the folder is always safe. */
export function cacheIn(dir: string): Cache {
  return {
    dir,
    async cached<T>(key: readonly string[], make: () => Promise<T>): Promise<T> {
      const file = join(dir, `${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32)}.bin`);
      const stored = await readFile(file).catch(() => undefined);
      if (stored) {
        try {
          return deserialize(stored) as T;
        } catch {
          // Written by another version of Node: made anew.
        }
      }
      const value = await make();
      await mkdir(dir, { recursive: true });
      // Renamed into place, so that a run that is killed leaves nothing half written.
      const half = `${file}.${process.pid}`;
      await writeFile(half, serialize(value));
      await rename(half, file);
      return value;
    },
  };
}

/** SHA-256 over names and contents of all files below a folder (or of one file), independent of where it lies. */
export async function contentHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined);
  const files = entries ? filesOf(entries, path) : [['', path] as const];
  for (const [name, file] of files) {
    hash.update(`${name}\0`);
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  }
  return hash.digest('hex');
}

function filesOf(entries: readonly Dirent[], root: string): (readonly [name: string, file: string])[] {
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file.slice(root.length), file] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
