import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** One file as the build made it, with what was compressed beforehand. */
export interface PortalFile {
  type: string;
  /** Named after its content: whoever has it need never ask again. */
  lasting: boolean;
  plain: Buffer;
  br?: Buffer;
  gzip?: Buffer;
}

export interface BuiltPortal {
  page: string;
  files: ReadonlyMap<string, PortalFile>;
}

/** Where the build puts the portal, seen from the compiled gateway and from its sources. */
export function portalDirectory(): string {
  const above = join(import.meta.dirname, '../../../..');
  return [join(above, 'portal'), join(above, 'dist/portal')].find((dir) => existsSync(join(dir, 'index.html'))) ?? '';
}

/** Reads the built portal into memory: it is small, and nothing else can be asked for then. Undefined where it was never built. */
export function readPortal(dir: string): BuiltPortal | undefined {
  if (!existsSync(join(dir, 'index.html'))) return undefined;
  const files = new Map<string, PortalFile>();
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    const type = TYPES[extname(name)];
    if (!type || name.startsWith('.')) continue;
    const file = join(dir, name);
    const [br, gzip] = [`${file}.br`, `${file}.gz`].map((packed) =>
      existsSync(packed) ? readFileSync(packed) : undefined,
    );
    const lasting = name.startsWith('assets/');
    files.set(`/${name}`, { type, lasting, plain: readFileSync(file), ...(br && { br }), ...(gzip && { gzip }) });
  }
  return { page: readFileSync(join(dir, 'index.html'), 'utf8'), files };
}
