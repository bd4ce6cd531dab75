import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

const read = (file: string) => readFileSync(join(import.meta.dirname, file), 'utf8');

it('The gateway serves the portal at the path of every screen', () => {
  const routes = [...read('../src/shell/router.tsx').matchAll(/path: '\/?([\w-]+)/g)].map(([, step]) => step);
  // The two meet nowhere but in the browser: neither imports the other.
  const served = read('../../gateway/src/portal/portal.paths.ts');
  expect(routes.length).toBeGreaterThan(4);
  for (const route of routes) expect(served).toContain(`'${route}'`);
});
