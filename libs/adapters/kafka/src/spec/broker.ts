import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { KafkaOptions } from '../kafka-client';

const tool = join(__dirname, '../../../../../tools/kafka/kafka.mjs');

/** A broker for the tests of one file. Only one that is ours (not of KAFKA_BROKERS) can be killed. */
export interface TestBroker {
  readonly brokers: readonly string[];
  readonly isOurs: boolean;
  /** How to reach it by TLS and with a password; null for one that is not ours. */
  readonly secure: SecureAddress | null;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again, with the same data and address; resolves when it answers. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface SecureAddress {
  readonly brokers: string;
  /** PEM */
  readonly ca: string;
  readonly login: NonNullable<KafkaOptions['sasl']>;
}

/** Whether there is a Kafka to test with; if not, says so loudly. */
export const hasKafka = (): boolean => {
  const { status, stderr } = spawnSync(process.execPath, [tool, 'check'], { encoding: 'utf8' });
  if (status !== 0) process.stderr.write(stderr);
  return status === 0;
};

interface Told {
  readonly brokers: string;
  readonly secure: SecureAddress | null;
  readonly pid: number | null;
}

/** Starts a broker as a process of its own, which ends with this one. Fails with what the broker said. */
export const startBroker = async (): Promise<TestBroker> => {
  const child = spawn(process.execPath, [tool, 'run'], { stdio: 'pipe' });
  const ask = questions(child);
  const { brokers, secure, pid } = await ask('');
  return {
    brokers: brokers.split(','),
    isOurs: pid !== null,
    secure,
    kill: async () => void (await ask('kill')),
    start: async () => void (await ask('start')),
    stop: () =>
      new Promise((resolve) => {
        child.on('exit', () => resolve());
        child.stdin.end();
      }),
  };
};

/** One line in, one line of JSON out. The first answer comes unasked. */
const questions = (child: ChildProcessWithoutNullStreams): ((line: string) => Promise<Told>) => {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  return async (line) => {
    if (line) child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`Kafka could not be started:\n${said}`);
    return JSON.parse(value) as Told;
  };
};
