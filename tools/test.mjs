// npm test: formatting, lint, boundary proofs, types, events catalogue, unit, integration and end-to-end tests.
import { installIfMissing, run } from './install.mjs';

const node = process.execPath;
const env = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0' };
const stages = [
  ['formatting', node, ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']],
  ['types', node, ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json']],
  ['project graph', 'npx', ['nx', 'graph', '--file=.nx/graph.json']],
  ['lint', node, ['node_modules/eslint/bin/eslint.js', '.']],
  ['boundary proofs', node, ['tools/fences/fences.mjs']],
  ['events catalogue', node, ['tools/events-md/events-md.mjs', '--check']],
  ['compatibility table', node, ['tools/graph-compatibility/graph-compatibility.mjs', '--check']],
  ['kafka', node, ['tools/kafka/kafka.mjs', 'install']],
  ['mongodb', node, ['tools/mongodb/mongodb.mjs', '--install']],
  ['build', node, ['tools/build.mjs']],
  ['tests', node, ['node_modules/jest/bin/jest.js', '--ci', ...process.argv.slice(2)]],
];

try {
  await installIfMissing();
  for (const [name, command, args] of stages) {
    const started = Date.now();
    console.log(`\n== ${name}`);
    await run(command, args, { env });
    // The test runner's own summary stays the last thing said.
    if (name !== 'tests') console.log(`== ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
