import { spawn } from 'node:child_process';
import { join } from 'node:path';

const tools = join(__dirname, '../../../../tools');

/** How a call of `npx pim` ended. */
export interface Printed {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Printed> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (data) => (output.stdout += String(data)));
    child.stderr.on('data', (data) => (output.stderr += String(data)));
    child.once('close', (code) => resolve({ code, ...output }));
  });

/** Runs `npx pim …` as a process of its own against a server, with nobody at its keyboard. */
export const pim = (args: readonly string[], { url, token }: { url: string; token: string }): Promise<Printed> =>
  run([join(tools, 'pim.mjs'), ...args], { OPENPIM_URL: url, OPENPIM_TOKEN: token });

const tryEach = `
  const [tool, ...texts] = process.argv.slice(1);
  const { parsePolicy } = await import(tool);
  const faultOf = (text) => { try { parsePolicy(text); return null; } catch (error) { return error.message; } };
  console.log(JSON.stringify(texts.map(faultOf)));`;

/** What is wrong with each of these policy files; null: nothing. */
export const faultsOf = async (texts: readonly string[]): Promise<readonly (string | null)[]> => {
  const { stdout } = await run(['--input-type=module', '-e', tryEach, join(tools, 'policy/file.mjs'), ...texts]);
  return JSON.parse(stdout) as readonly (string | null)[];
};
