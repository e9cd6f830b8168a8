import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const example = join(__dirname, '../../../../../docs/examples/subscriber.mjs');

/** The documentation's subscriber as a process of its own: the lines it said, and its end. */
export const startExample = (brokers: readonly string[]) => {
  const child = spawn(process.execPath, [example], {
    env: { KAFKA_BROKERS: brokers.join() },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const said: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => said.push(line));
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  return {
    said,
    stop: (): Promise<void> => {
      child.kill('SIGKILL');
      return ended;
    },
  };
};
