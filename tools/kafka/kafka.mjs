// A real Kafka broker on this machine, from jars that Maven fetches: for tests and for `npm run stack`.
//   install   fetches the jars into .cache/kafka/libs; without Maven or Java 17 it says so and changes nothing
//   check     ends with 0 when there is a Kafka to test with, else says why not and ends with 2
//   run       runs a broker until standard input ends; prints {"brokers", "secure", "pid"} as a line of JSON when it answers,
//             and obeys the lines `kill` (SIGKILL, as a crash) and `start` (again, on the same data and ports)
// KAFKA_BROKERS names a cluster that runs already, for tests alone: they publish there. Then nothing is fetched or started,
// and what would kill a broker or delete records is left out.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startKafka } from './broker.mjs';
import { installKafka, whyNot } from './jars.mjs';

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const refuse = () => {
  throw new Error('The cluster of KAFKA_BROKERS is not ours to end.');
};

const theirs = (brokers) => ({ brokers, secure: null, pid: () => null, kill: refuse, start: refuse });

const runBroker = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-kafka-'));
  const { KAFKA_BROKERS } = process.env;
  const broker = KAFKA_BROKERS ? theirs(KAFKA_BROKERS) : await startKafka(folder);
  const tell = () => say({ brokers: broker.brokers, secure: broker.secure, pid: broker.pid() });
  tell();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'kill') await broker.kill();
    if (line === 'start') await broker.start();
    tell();
  }
  if (!KAFKA_BROKERS) await broker.kill();
  rmSync(folder, { recursive: true, force: true });
};

const warning = (reason) =>
  `\n${'!'.repeat(100)}\nKAFKA IS NOT TESTED HERE: ${reason}.\nInstall both, or name a running cluster in KAFKA_BROKERS.\n${'!'.repeat(100)}\n`;

const commands = {
  install: () => {
    const reason = whyNot();
    return reason ? console.error(warning(reason)) : installKafka();
  },
  check: () => {
    const reason = whyNot();
    if (!reason) return;
    console.error(warning(reason));
    process.exitCode = 2;
  },
  run: runBroker,
};

const command = commands[process.argv[2]];
try {
  if (!command) throw new Error('Usage: node tools/kafka/kafka.mjs install | check | run');
  await command();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
