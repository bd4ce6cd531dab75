import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..');

interface Report {
  modules: unknown[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
}

/** Runs dependency-cruiser with the project's own rules over the folders below `cwd`. */
function cruise(cwd: string, folders: string[]): Promise<Report> {
  const args = [
    join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
    '--config',
    join(root, '.dependency-cruiser.cjs'),
    '-T',
    'json',
    ...folders,
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      // A violation is an exit code other than zero, with the report on stdout all the same.
      if (!stdout) reject(new Error(stderr, { cause: error }));
      else resolve(JSON.parse(stdout) as Report);
    });
  });
}

describe('The boundaries of the house', () => {
  let planted: string;

  beforeAll(async () => {
    planted = await mkdtemp(join(tmpdir(), 'ceresio-boundaries-'));
    const files: Record<string, string> = {
      'tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "moduleResolution": "nodenext" } }',
      'package.json': '{ "type": "module" }',
      'services/experts/src/expert.ts': 'export const expert = 1;',
      'services/companies/src/company.ts': "export { expert } from '../../experts/src/expert.js';",
      'libs/contracts/src/leak.ts': "export { expert } from '../../../services/experts/src/expert.js';",
      'libs/messaging/src/a.ts': "import { b } from './b.js';\nexport const a = () => b;",
      'libs/messaging/src/b.ts': "import { a } from './a.js';\nexport const b = () => a;",
      'commands/start.ts': "export { expert } from '../services/experts/src/expert.js';",
      'libs/service/src/lost.ts': "export * from './nowhere.js';",
    };
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(planted, path)), { recursive: true });
      await writeFile(join(planted, path), content);
    }
    await symlink(join(root, 'node_modules'), join(planted, 'node_modules'));
  });
  afterAll(() => rm(planted, { recursive: true, force: true }));

  it('catch every planted violation', async () => {
    const { summary } = await cruise(planted, ['services', 'libs', 'commands']);
    expect(new Set(summary.violations.map((violation) => violation.rule.name))).toEqual(
      new Set([
        'services-do-not-import-each-other',
        'libs-do-not-import-services',
        'commands-speak-to-services-over-the-broker',
        'contracts-stand-alone',
        'no-cycles',
        'not-to-unresolvable',
      ]),
    );
  });

  it('hold in the real tree, all of which is seen', async () => {
    const { modules, summary } = await cruise(root, ['services', 'libs', 'commands', 'test']);
    expect(modules.length).toBeGreaterThan(100);
    expect(summary.violations).toEqual([]);
  });
});
