import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Lets this file, which Jest does not compile, load the TypeScript of libs/engines.
import '@swc-node/register/esm-register';

/** Starts the engines once for all test files, on free ports and with data that live as long as the run. */
export default async function setUp(globalConfig) {
  if (!needsEngines(globalConfig)) return;
  const { startEngines } = await import('../../libs/engines/src/engines.ts');
  const { provisionSearchKeys } = await import('../../libs/engines/src/provision-search-keys.ts');
  const dir = mkdtempSync(join(tmpdir(), 'ceresio-test-'));
  // NATS is private to each test file.
  const engines = await startEngines({ dir, only: ['postgres', 'meilisearch'], durable: false, ports: 'free' });
  const { url, masterKey } = engines.meilisearch;
  const keys = await provisionSearchKeys(url, masterKey);
  process.env.CERESIO_TEST_RUN = JSON.stringify({
    dir,
    postgresUrl: engines.postgres.url,
    meili: { url, masterKey, indexKey: keys.indexer, searchKey: keys.search },
  });
  globalThis.endTestRun = async () => {
    await engines.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

/** A run that selects unit tests only does without. */
function needsEngines({ rootDir, testPathPatterns }) {
  const selected = testPathPatterns.toExecutor({ rootDir });
  return globSync('{libs,services,commands,test}/**/*.int-spec.ts', { cwd: rootDir }).some((file) =>
    selected.isMatch(join(rootDir, file)),
  );
}
