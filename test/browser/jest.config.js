import base from '../../jest.config.js';

/** What people see, in a real browser against a whole platform: one for all files, so they run one after the other. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/browser'],
  testMatch: ['**/*.browser-spec.ts'],
  globalSetup: '<rootDir>/test/browser/platform.setup.mjs',
  globalTeardown: '<rootDir>/test/browser/platform.teardown.mjs',
  maxWorkers: 1,
  testTimeout: 300_000,
};
