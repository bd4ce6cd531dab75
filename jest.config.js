import { readFileSync } from 'node:fs';

// The build leaves tests out, so its own list of exclusions would leave nothing to test here.
const { exclude: _, $schema: __, ...compiler } = JSON.parse(readFileSync(new URL('.swcrc', import.meta.url), 'utf8'));

/** Unit tests (`*.spec.ts`) and integration tests (`*.int-spec.ts`) stand beside what they test and run on the same real engines. */
export default {
  rootDir: import.meta.dirname,
  roots: ['libs', 'services', 'commands', 'test', 'bench'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['**/*.spec.ts', '**/*.int-spec.ts'],
  testEnvironment: 'node',
  // `source` lets `#libs/*` resolve to TypeScript instead of dist, so tests never see a stale build.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.ts$': ['@swc/jest', { ...compiler, swcrc: false }] },
  transformIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/test/setup/engines.setup.mjs',
  globalTeardown: '<rootDir>/test/setup/engines.teardown.mjs',
  reporters: ['default', '<rootDir>/test/setup/count.reporter.mjs'],
  // Some tests start the whole platform: more at once only keep each other waiting.
  maxWorkers: 2,
  // Modules of one file stay in a worker's memory after it: a worker that has grown beyond this is replaced before its next file.
  workerIdleMemoryLimit: '1500MB',
  // A ceiling for a hung test, not a measure: engines start inside some of them.
  testTimeout: 60_000,
  coverageProvider: 'v8',
  coverageDirectory: '<rootDir>/coverage',
  collectCoverageFrom: ['{libs,services,commands}/**/*.ts', '!**/*.{spec,int-spec}.ts', '!**/main.ts'],
};
