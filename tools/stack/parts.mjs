// What the stack consists of: processes that can be killed, started again, stopped in their tracks and let go on.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { root } from '../install.mjs';

/** Resolves with the first line that a program writes; it goes on running. Its errors are shown. */
const firstLine = (child, name) =>
  new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', resolve);
    child.on('error', reject);
    child.on('exit', (code, signal) => reject(new Error(`${name} ended with ${code ?? signal}.`)));
  });

/** A program of ours under Node: `{ pid, ended, line }`; `line` is a promise of the first thing it says. */
export const spawnProgram = (name, args, env = {}) => {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return { pid: child.pid, ended: new Promise((resolve) => child.once('exit', resolve)), line: firstLine(child, name) };
};

/** What was begun, and whether it has ended: its pid may be another's by then. */
const watch = ({ pid, ended }) => {
  const running = { pid, ended, isOver: false };
  ended.then(() => (running.isOver = true));
  return running;
};

/** Sends a signal to what is there still. */
const signal = ({ pid, isOver }, name) => {
  if (!isOver) process.kill(pid, name);
};

const end = async (running, how) => {
  signal(running, how);
  // What stands still hears nothing but SIGKILL.
  signal(running, 'SIGCONT');
  await running.ended;
};

/**
 * Begins a process by `begin`, which resolves with its `{ pid, ended }` when it answers, and is called again by `start`.
 * `kill` ends it as a crash would, `stop` in order, `pause` makes it stand still until `resume`.
 */
export const startPart = async (begin) => {
  let running = watch(await begin());
  return {
    kill: () => end(running, 'SIGKILL'),
    start: async () => void (running = watch(await begin())),
    pause: async () => signal(running, 'SIGSTOP'),
    resume: async () => signal(running, 'SIGCONT'),
    stop: () => end(running, 'SIGTERM'),
  };
};

const verbs = ['kill', 'start', 'pause', 'resume', 'stop'];

/** Several parts under one name: what is done to it is done to each. */
export const together = (parts) =>
  Object.fromEntries(verbs.map((verb) => [verb, () => Promise.all(parts.map((part) => part[verb]()))]));
