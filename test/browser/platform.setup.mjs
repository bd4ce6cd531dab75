import { rmSync } from 'node:fs';
import { join } from 'node:path';
// Lets this file, which Jest does not compile, load TypeScript.
import '@swc-node/register/esm-register';

/** Starts a platform with the sample network, or takes the one at PORTAL_URL. */
export default async function setUp() {
  const { chromium } = await import('./chromium.ts');
  process.env.CHROMIUM = chromium();
  rmSync(join(import.meta.dirname, 'shots'), { recursive: true, force: true });
  if (process.env.PORTAL_URL) return;
  const { startPlatform } = await import('../platform.ts');
  const { freePort } = await import('../../libs/engines/src/ports.ts');
  globalThis.browserPlatform = await startPlatform(['--port', String(await freePort())]);
  process.env.PORTAL_URL = globalThis.browserPlatform.run().gateway;
}
