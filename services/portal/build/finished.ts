import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

const TEXT = /\.(?:js|css|svg|json)$/;
/** Smaller files gain nothing. */
const LEAST = 1024;

/** After the build: compresses once what would else be compressed at each request, and fails when a first visit would load too much script. */
export function finished({ firstLoadMax }: { firstLoadMax: number }): Plugin {
  let dir = '';
  return {
    name: 'ceresio-finished',
    apply: 'build',
    configResolved(config) {
      dir = config.build.outDir;
    },
    closeBundle(this, error?: Error) {
      // A build that failed says why by itself.
      if (error || !existsSync(dir)) return;
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) compress(join(dir, name));
      const { bytes, screen } = firstLoad(dir);
      const kilobytes = (bytes / 1024).toFixed(0);
      if (bytes > firstLoadMax)
        throw new Error(
          `A first visit of ${screen} loads ${kilobytes} kB of compressed script, more than ${firstLoadMax / 1024}`,
        );
      process.stdout.write(
        `The portal is built; a first visit loads at most ${kilobytes} kB of compressed script (${screen}).\n`,
      );
    },
  };
}

function compress(file: string): void {
  if (!TEXT.test(file) || statSync(file).size < LEAST) return;
  const bytes = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
}

/** Bytes, gzipped, of the script that a first visit loads on the heaviest screen: the entry, the screen, and all that they import. Words come on top: a few kB. */
function firstLoad(dir: string): { bytes: number; screen: string } {
  const manifest = JSON.parse(readFileSync(join(dir, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
  const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry);
  const screens = Object.keys(manifest).filter((key) => key.endsWith('.screen.tsx'));
  const loads = screens.map((screen) => {
    const files = new Set<string>();
    const follow = (key: string): void => {
      const chunk = manifest[key];
      if (!chunk || files.has(chunk.file)) return;
      files.add(chunk.file);
      for (const next of chunk.imports ?? []) follow(next);
    };
    for (const key of [...entries, screen]) follow(key);
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(dir, file))).length, 0);
    return { bytes, screen };
  });
  const [heaviest] = loads.sort((one, other) => other.bytes - one.bytes);
  if (!heaviest) throw new Error('The build has no screen');
  return heaviest;
}
