// npm run faults: the fault tests on the stack in their long form, some fifteen minutes; the last lines say what came of it.
// docs/faults.md says which rows of the fault matrix they are. OPENPIM_FAULTS=short runs what `npm test` runs of them.
import { installIfMissing, run, withProgress } from './install.mjs';

try {
  await installIfMissing();
  await run(process.execPath, ['tools/kafka/kafka.mjs', 'install']);
  const { build } = await import('./build.mjs');
  await withProgress('Building', build);
  const jest = [
    'node_modules/jest/bin/jest.js',
    '-w',
    '1',
    'apps/all-in-one/test/stack-faults',
    ...process.argv.slice(2),
  ];
  await run(process.execPath, jest, { env: { OPENPIM_FAULTS: process.env.OPENPIM_FAULTS ?? 'full' } });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
