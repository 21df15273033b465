import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { importDirection } from './scripts/lint/import-direction.mjs';

const ENVIRONMENT_WHY =
  'Every environment variable is read once, in src/config.ts, where it is parsed, named and documented. Take the value as an option.';
const SIZE = { skipBlankLines: false, skipComments: false };

const oursIn = (folders) => folders.flatMap((folder) => [`${folder}/**/*.ts`]);

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.gameday/', '.gameday-servers/', 'coverage/', 'web/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.{ts,mjs,cjs}'],
    rules: { 'max-lines': ['error', { max: 300, ...SIZE }], 'max-lines-per-function': ['error', { max: 70, ...SIZE }] },
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    plugins: { gameday: { rules: { 'import-direction': importDirection } } },
    languageOptions: {
      parserOptions: { project: ['./tsconfig.test.json'], tsconfigRootDir: dirname(fileURLToPath(import.meta.url)) },
    },
    rules: {
      'gameday/import-direction': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Ports are plain objects whose members never use `this`, and an async member turns a throw into a rejection.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: oursIn(['src', 'workflows', 'activities']),
    ignores: ['src/config.ts'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: ENVIRONMENT_WHY }] },
  },
  {
    // A test file is a list of cases in one describe, so that function is as long as there are cases; and what a test reads
    // back from JSON is judged by its assertions.
    files: ['test/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  { files: oursIn(['bench', 'examples']), rules: { 'no-console': 'off' } },
);
