import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Builds the portal where there is none, or where one of its sources is newer: `npm start` must not wait for nothing. */
const root = join(import.meta.dirname, '../../..');
const built = join(root, 'dist/portal/index.html');
const sources = globSync(
  ['services/portal/{src,public,build}/**/*', 'services/portal/*.{html,ts,json}', 'package-lock.json'],
  { cwd: root },
);
const builtAt = existsSync(built) ? statSync(built).mtimeMs : 0;

if (sources.some((file) => statSync(join(root, file)).mtimeMs > builtAt)) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build:portal'], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
