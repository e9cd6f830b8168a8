// npx pim policy apply: shows what a file would change, asks, and changes it.
import { createInterface } from 'node:readline/promises';

const show = ({ title, details }) => [title, ...details.map((line) => `    ${line}`)].join('\n');

const counted = (count) => (count === 1 ? '1 change' : `${count} changes`);

const isAgreed = async (count) => {
  if (!process.stdin.isTTY)
    throw new Error('Nothing was changed: there is nobody to ask. Send --yes to change it, or --dry-run to look only.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Make ${counted(count)}? [y/N] `);
  terminal.close();
  return /^y(?:es)?$/i.test(answer.trim());
};

/** One after the other, and none after one that was refused. */
const makeAll = async (changes, print) => {
  for (const [made, { title, make }] of changes.entries()) {
    await make().catch((error) => {
      throw new Error(
        `Stopped at "${title}": ${error.message}\n${counted(made)} of ${changes.length} made before it; applying the file again goes on from here.`,
      );
    });
    print(`done: ${title}`);
  }
};

/** `yes`: without asking; `dryRun`: shows only. */
export const applyPlan = async (changes, { yes, dryRun }, print = console.log) => {
  if (changes.length === 0) return print('Nothing to do.');
  for (const change of changes) print(show(change));
  if (dryRun) return print(`${counted(changes.length)}; nothing was changed.`);
  if (!yes && !(await isAgreed(changes.length))) return print('Nothing was changed.');
  await makeAll(changes, print);
  print(`${counted(changes.length)} made.`);
};
