import jest from './jest.config.js';

/**
 * Mutation testing of lib/core: `npm run test:mutation`, or one file with
 * `npm run test:mutation -- --mutate lib/core/versions/dpkg.ts`.
 *
 * Results are kept in reports/, so that the next run tries only what changed since.
 */
export default {
  testRunner: 'jest',
  // Only the tests of lib/core: what decides has to be proved where it stands, not by what uses it.
  jest: { config: { ...jest, testMatch: ['<rootDir>/test/core/**/*.test.ts'] } },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  mutate: ['lib/core/**/*.ts'],
  // A busy machine kills no mutant.
  timeoutMS: 60_000,
  incremental: true,
  incrementalFile: 'reports/mutation/incremental.json',
  concurrency: 2,
  // A constant table is read once, before any test: to try each of its mutants is to run every test.
  ignoreStatic: true,
  reporters: ['clear-text', 'progress', 'html', 'json'],
  clearTextReporter: { allowEmojis: false, reportTests: false },
  thresholds: { high: 90, low: 80, break: 80 },
  ignorePatterns: ['cdk.out', 'coverage', 'docs/*', '!docs/schemas', 'reports', '.cavendish'],
  allowConsoleColors: false,
};
