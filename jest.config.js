/** Tests are ES modules, transformed one file at a time by swc; types are checked by `npm run check`. */
if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error('The tests need Node 24. Run: npm rebuild node --ignore-scripts=false, or install Node 24.');
}

export default {
  testEnvironment: 'node',
  // All cores: jest leaves one free, which of two is half. Suites that share a folder or a daemon say --runInBand.
  maxWorkers: '100%',
  // Milliseconds. Whole homes are started in tests, on machines that are busy with other things too.
  testTimeout: 60_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testPathIgnorePatterns: [
    '/node_modules/',
    '<rootDir>/test/aws/',
    '<rootDir>/test/clients/',
    '<rootDir>/test/kill/',
    '<rootDir>/test/package/',
  ],
  modulePathIgnorePatterns: ['<rootDir>/.stryker-tmp/', '<rootDir>/cdk.out/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
  // CI measures it in the one run of the tests that it makes: to measure costs next to nothing, another run minutes.
  collectCoverage: process.env.CAVENDISH_COVERAGE === '1',
  collectCoverageFrom: ['lib/**/*.ts', 'functions/**/*.ts'],
  coverageReporters: ['text-summary', 'json-summary', 'html'],
  // What decides is held to more than what carries. `global` is what no folder below names.
  coverageThreshold: {
    './lib/core/': { statements: 95, branches: 90, functions: 95, lines: 95 },
    global: { statements: 80, branches: 75, functions: 80, lines: 80 },
  },
};
