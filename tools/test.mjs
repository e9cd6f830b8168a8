// npm test: formatting, lint, boundary proofs, types, events catalogue, unit, integration and end-to-end tests.
import { installIfMissing, run } from './install.mjs';

const node = process.execPath;
const env = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', FORCE_COLOR: '0' };
/** Beside the others: it reads every file and writes none. */
const formatting = ['formatting', node, ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']];
const stages = [
  ['types', node, ['node_modules/typescript7/bin/tsc', '-p', 'tsconfig.json']],
  ['project graph', 'npx', ['nx', 'graph', '--file=.nx/graph.json']],
  ['lint', node, ['node_modules/eslint/bin/eslint.js', '.']],
  ['boundary proofs', node, ['tools/fences/fences.mjs']],
  ['events catalogue', node, ['tools/events-md/events-md.mjs', '--check']],
  ['compatibility table', node, ['tools/graph-compatibility/graph-compatibility.mjs', '--check']],
  ['kafka', node, ['tools/kafka/kafka.mjs', 'install']],
  ['mongodb', node, ['tools/mongodb/mongodb.mjs', '--install']],
  ['build', node, ['tools/build.mjs']],
];
const tests = ['tests', node, ['node_modules/jest/bin/jest.js', '--ci', ...process.argv.slice(2)]];

const runStage = async ([name, command, args], options = {}) => {
  const started = Date.now();
  if (!options.quiet) console.log(`\n== ${name}`);
  await run(command, args, { env, ...options });
  return () => console.log(`== ${name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
};

try {
  await installIfMissing();
  const beside = runStage(formatting, { quiet: true });
  // Whatever it says is told in its turn.
  beside.catch(() => undefined);
  for (const stage of stages) (await runStage(stage))();
  (await beside)();
  // The test runner's own summary stays the last thing said.
  await runStage(tests);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
