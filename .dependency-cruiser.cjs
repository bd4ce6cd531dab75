// Services meet only in libs/contracts and on the broker. test/boundaries.spec.ts plants a violation of each rule that must be caught.
module.exports = {
  forbidden: [
    {
      name: 'services-do-not-import-each-other',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'libs-do-not-import-services',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^(services|commands|test|bench)/' },
    },
    {
      name: 'commands-speak-to-services-over-the-broker',
      severity: 'error',
      from: { path: '^commands/' },
      to: { path: '^(services|test|bench)/' },
    },
    {
      name: 'product-code-does-not-import-tests',
      severity: 'error',
      from: {
        path: '^(services|libs|commands)/',
        pathNot: '(\\.spec|\\.int-spec)\\.ts$|^libs/testing/|^(services|libs)/[^/]+/test/',
      },
      to: { path: '^(test|bench|libs/testing)/' },
    },
    {
      name: 'contracts-stand-alone',
      comment: 'What services may know of each other depends on nothing but zod.',
      severity: 'error',
      from: { path: '^libs/contracts/' },
      to: { pathNot: '^libs/contracts/|node_modules/zod/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default'] },
  },
};
