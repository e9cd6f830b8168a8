const { readFileSync } = require('node:fs');
const swc = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'));
const { compilerOptions } = JSON.parse(readFileSync(`${__dirname}/tsconfig.base.json`, 'utf8'));
const aliases = Object.entries(compilerOptions.paths).map(([name, [file]]) => [
  `^${name}$`,
  file.replace('./', '<rootDir>/'),
]);

module.exports = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // Every core: half the time of a run passes in waiting for disks and timers. More than 100% is not a share: 150% are 150.
  maxWorkers: '100%',
  // Milliseconds. No test is about how fast a machine is that does other things as well.
  testTimeout: 20_000,
  testMatch: ['<rootDir>/{libs,apps}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  moduleNameMapper: Object.fromEntries(aliases),
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  setupFiles: ['reflect-metadata'],
  reporters: ['default', '<rootDir>/tools/plain-summary.cjs'],
};
