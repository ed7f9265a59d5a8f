/**
 * The linter, with type information. What the import table and the tests of the house check
 * (test/house/) is not repeated here.
 */
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import importSort from 'eslint-plugin-simple-import-sort';
import ts from 'typescript-eslint';

export default defineConfig(
  globalIgnores([
    'coverage/',
    'dist/',
    'cdk.out/',
    'reports/',
    '.stryker-tmp/',
    '.cavendish/',
    'test/fixtures/',
    '**/*.d.ts',
  ]),
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A number reads well in a message; everything else is made text on purpose.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => emitter.emit(…)` as a callback returns nothing that anybody reads.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A union that grows must show every place that has to grow with it.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      // Comparators chain (`byName || byVersion`) and null is the only absence; an empty string is a value to ask for.
      '@typescript-eslint/strict-boolean-expressions': ['error', { allowString: false }],
      // Objects here are made by functions and have no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // An adapter keeps its port's async face (what it throws becomes a rejection) though it may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Spreading a string into its code points is what is meant where it is done.
      '@typescript-eslint/no-misused-spread': ['error', { allow: [{ from: 'lib', name: 'string' }] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'all' }],
      '@typescript-eslint/require-array-sort-compare': 'error',
    },
  },
  {
    plugins: { 'import-sort': importSort },
    rules: {
      'import-sort/imports': ['error', { groups: [['^node:', '^@?\\w'], ['^\\.']] }],
      'import-sort/exports': 'error',
      'no-duplicate-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
      'no-param-reassign': 'error',
      'no-promise-executor-return': 'error',
      'object-shorthand': 'error',
      'prefer-template': 'error',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', module: 'writable' } },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/**', 'bench/**'],
    rules: {
      // Matchers and the cells of a table are `any` by their types; what they are compared with is not.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      // What is not there fails the test, and that is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      'no-console': 'off',
    },
  },
);
