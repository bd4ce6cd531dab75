import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// Lets this file, which Jest does not compile, load the TypeScript of libs/engines.
import '@swc-node/register/esm-register';

/** Starts the engines once for all test files, on free ports and with data that live as long as the run. */
export default async function setUp(globalConfig) {
  const tests = selectedTests(globalConfig);
  // Unit tests alone do without.
  if (tests.length === 0) return;
  // Tests that run whole programs run the compiled ones, which must not be older than the sources.
  if (tests.some((file) => /^(commands|test)\//.test(file)))
    execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
  const { startEngines } = await import('../../libs/engines/src/engines.ts');
  const { provisionSearchKeys } = await import('../../libs/engines/src/provision-search-keys.ts');
  removeLeftovers();
  const dir = mkdtempSync(join(tmpdir(), `ceresio-test-${process.pid}-`));
  // As root the engines run as somebody else, who must be able to enter.
  chmodSync(dir, 0o755);
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

/** The integration tests of this run, relative to the root. */
function selectedTests({ rootDir, testPathPatterns }) {
  const selected = testPathPatterns.toExecutor({ rootDir });
  const files = globSync('{libs,services,commands,test,bench}/**/*.int-spec.ts', { cwd: rootDir });
  return files.filter((file) => selected.isMatch(join(rootDir, file)));
}

/** A run that was killed could not delete its data. */
function removeLeftovers() {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^ceresio-test-(\d+)-/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`) && existsSync('/proc/self'))
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
