/** Tests run from TypeScript through swc; the workspaces are read from their sources, so no build is needed first. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // Run by scripts/test-suite.mjs, one folder at a time.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(scenarios|servers|mutants|tutorial|end-to-end)/'],
  // import() needs the extension that the compiled file has.
  moduleNameMapper: { '^@gameday/sdk$': '<rootDir>/sdk/src/index.ts', '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  testTimeout: 60_000,
  // Many suites wait on processes and sockets: with a core left free, as is the default, two cores do the work of one.
  maxWorkers: '100%',
};
