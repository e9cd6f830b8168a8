// Installs what is missing, so that one command is enough on a fresh machine. Uses nothing but Node.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.openpim-installed');

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** Runs a command; rejects when it fails. `quiet` keeps its output for the error only. */
export const run = (command, args, { quiet = false, env = {} } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(' ')} ended with ${code}\n${output}`)),
    );
  });

/** Prints a line at once and then a dot every few seconds until the work is done. */
export const withProgress = async (title, work) => {
  const started = Date.now();
  process.stdout.write(`${title} `);
  const dots = setInterval(() => process.stdout.write('.'), 2000);
  try {
    return await work();
  } finally {
    clearInterval(dots);
    process.stdout.write(` ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  }
};

const requireNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`OpenPIM needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
};

/** npm's own record of an installation, when somebody ran `npm ci` by hand after the lock last changed. */
const isInstalledByHand = () => {
  const own = join(root, 'node_modules', '.package-lock.json');
  return existsSync(own) && statSync(own).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
};

/** `npm ci` when node_modules is absent or belongs to another lock file. */
export const installIfMissing = async () => {
  requireNode();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return;
  if (!existsSync(stamp) && isInstalledByHand()) return writeFileSync(stamp, lockHash());
  await withProgress('Installing packages (once, about a minute)', () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true }),
  );
  writeFileSync(stamp, lockHash());
};
