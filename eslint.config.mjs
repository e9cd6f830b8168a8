import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { depConstraints, pure, specConstraints } from './fences.mjs';

const budget = {
  complexity: ['error', 8],
  'max-depth': ['error', 3],
  'max-params': ['error', 4],
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
};

const noNodeModules = {
  patterns: [
    {
      group: ['node:*', 'fs', 'crypto', 'http', 'path'],
      message: 'Pure code does no I/O and draws no ids.',
    },
  ],
};

export default tseslint.config(
  { ignores: ['**/node_modules', '**/dist', '.nx', '.cache', '.data', 'coverage', '**/*.json'] },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@nx': nx, '@typescript-eslint': tseslint.plugin },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints, enforceBuildableLibDependency: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      ...budget,
    },
  },
  {
    files: ['libs/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Configuration is read once, in apps/*/src/env.ts.' },
      ],
    },
  },
  // Whoever has a real server names it there.
  { files: ['libs/adapters/*/src/**/*.spec.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['libs/adapters/eventstore/src/**/*.ts'],
    ignores: ['**/connection.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@eventstore/*'], message: 'connection.ts alone knows the client.' }] },
      ],
    },
  },
  {
    files: ['libs/*/domain/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['@pim/contracts'],
              allowTypeImports: true,
              message: 'A domain knows the shape of its events, not their codecs.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['libs/adapters/kafka/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/kafka-client.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['kafkajs', 'kafkajs/*'], message: 'One file imports it: kafka-client.ts.' }] },
      ],
    },
  },
  {
    files: pure,
    ignores: ['**/*.spec.ts', '**/spec/**'],
    rules: {
      'no-restricted-imports': ['error', noNodeModules],
      'no-restricted-globals': [
        'error',
        { name: 'crypto', message: 'Ids arrive in the command.' },
        { name: 'process', message: 'Pure code knows no process.' },
        { name: 'setTimeout', message: 'Pure code does not wait.' },
        { name: 'fetch', message: 'Pure code knows no network.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Time arrives in the command as `now`.',
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Time arrives in the command as `now`.',
        },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'Decisions are deterministic.',
        },
        {
          selector: 'FunctionDeclaration[async=true], ArrowFunctionExpression[async=true]',
          message: 'decide and evolve are synchronous.',
        },
      ],
    },
  },
  // Specs may use what only tests need (fast-check, a second implementation to compare with); projects stay fenced.
  {
    files: [
      '**/*.spec.ts',
      'libs/*/domain/src/spec/**/*.ts',
      'libs/odata/src/spec/**/*.ts',
      'apps/*/test/machine/**/*.ts',
    ],
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { allow: [], enforceBuildableLibDependency: false, depConstraints: specConstraints },
      ],
    },
  },
  // Specs read as tables of cases; only the limits that keep them readable stay.
  { files: ['**/*.spec.ts', '**/contract/**/*.ts'], rules: { 'max-lines': 'off', 'max-params': 'off' } },
  prettier,
);
