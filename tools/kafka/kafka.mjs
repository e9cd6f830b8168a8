// A real Kafka broker on this machine, from jars that Maven fetches: for tests and for `npm run stack`.
//   install   fetches the jars into .cache/kafka/libs; without Maven or Java 17 it says so and changes nothing
//   check     ends with 0 when there is a Kafka to test with, else says why not and ends with 2
//   run       runs a broker until standard input ends; prints {"brokers", "pid"} as a line of JSON when it answers, and obeys
//             the lines `kill` (SIGKILL, as a crash) and `start` (again, on the same data and port)
// KAFKA_BROKERS names a cluster that runs already, for tests alone: they publish there. Then nothing is fetched or started,
// and what would kill a broker or delete records is left out.
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const libs = join(root, '.cache/kafka/libs');
const clusterId = 'b3BlbnBpbS1rYWZrYS0wMQ';
const startWithinMs = 60_000;

const javaVersion = () => {
  const { stderr = '' } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
};

const isInstalled = () => existsSync(libs) && readdirSync(libs).some((file) => /^kafka_2\.13-.*\.jar$/.test(file));

/** Why no broker can run on this machine; null when one can. */
export const whyNot = () => {
  if (process.env.KAFKA_BROKERS) return null;
  if (javaVersion() < 17) return 'Java 17 or newer is not installed (or `java` is not on the PATH)';
  if (isInstalled() || spawnSync('mvn', ['-v'], { stdio: 'ignore' }).status === 0) return null;
  return 'Maven is not installed (`mvn` is not on the PATH), so the broker cannot be fetched';
};

/** Fetches the jars once. Complete or not at all: they appear under their name when all are there. */
export const installKafka = async () => {
  if (process.env.KAFKA_BROKERS || isInstalled()) return;
  const incoming = `${libs}.${process.pid}`;
  mkdirSync(dirname(libs), { recursive: true });
  const args = ['-q', '-B', '-f', join(here, 'pom.xml'), 'dependency:copy-dependencies'];
  const { code, output } = await runToEnd('mvn', [...args, '-DincludeScope=runtime', `-DoutputDirectory=${incoming}`]);
  if (code !== 0) {
    rmSync(incoming, { recursive: true, force: true });
    throw new Error(
      `Maven could not fetch Kafka; check the network and Maven's settings, then run it again:\n${output}`,
    );
  }
  if (isInstalled()) return rmSync(incoming, { recursive: true });
  renameSync(incoming, libs);
};

const runToEnd = (command, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('exit', (code) => resolve({ code, output }));
  });

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Quick to start rather than quick to run. */
const jvm = ['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const java = (...args) => [
  ...jvm,
  `-Dlog4j.configuration=file:${join(here, 'log4j.properties')}`,
  '-cp',
  `${libs}/*`,
  ...args,
];

/**
 * Starts a broker whose data are in `folder`, on free ports of 127.0.0.1, and resolves when it answers. `kill` ends it as
 * a crash would, `start` starts it again with the same data and address, `stop` ends it in order.
 */
export const startKafka = async (folder) => {
  await installKafka();
  const [port, controllerPort] = [await freePort(), await freePort()];
  const brokers = `127.0.0.1:${port}`;
  const properties = join(folder, 'server.properties');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    properties,
    `${readFileSync(join(here, 'server.properties'), 'utf8')}
listeners=PLAINTEXT://${brokers},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://${brokers}
controller.quorum.voters=1@127.0.0.1:${controllerPort}
log.dirs=${join(folder, 'data')}
`,
  );
  const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties, '--ignore-formatted'];
  const { code, output } = await runToEnd('java', java(...format));
  if (code !== 0) throw new Error(`Kafka could not format ${folder}:\n${output}`);
  let broker = await startBroker(properties, brokers);
  return {
    brokers,
    pid: () => broker.pid,
    kill: () => broker.end('SIGKILL'),
    start: async () => void (broker = await startBroker(properties, brokers)),
    stop: () => broker.end('SIGTERM'),
  };
};

const startBroker = async (properties, brokers) => {
  const child = spawn('java', java('kafka.Kafka', properties), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => (said = (said + data).slice(-8_000)));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  if (!(await answers(brokers, isAlive))) {
    child.kill('SIGKILL');
    throw new Error(`Kafka did not start within ${startWithinMs / 1000} s:\n${said}`);
  }
  return { pid: child.pid, end: (signal) => (child.kill(signal), ended) };
};

/** Whether the cluster describes itself in time: an open port alone says little. */
const answers = async (brokers, isAlive) => {
  const { Kafka, logLevel } = (await import('kafkajs')).default;
  const kafka = new Kafka({
    brokers: [brokers],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    connectionTimeout: 500,
  });
  for (const until = Date.now() + startWithinMs; isAlive() && Date.now() < until; await setTimeout(100)) {
    const admin = kafka.admin();
    try {
      await admin.connect();
      const { brokers: known } = await admin.describeCluster();
      if (known.length > 0) return true;
    } catch {
      // Not yet.
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
  return false;
};

const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

const refuse = () => {
  throw new Error('The cluster of KAFKA_BROKERS is not ours to end.');
};

const cluster = (folder) =>
  process.env.KAFKA_BROKERS
    ? { brokers: process.env.KAFKA_BROKERS, pid: () => null, kill: refuse, start: refuse, stop: async () => undefined }
    : startKafka(folder);

const runBroker = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-kafka-'));
  const broker = await cluster(folder);
  const tell = () => say({ brokers: broker.brokers, pid: broker.pid() });
  tell();
  for await (const line of createInterface({ input: process.stdin })) {
    if (line === 'kill') await broker.kill();
    if (line === 'start') await broker.start();
    tell();
  }
  await broker.kill();
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const command = commands[process.argv[2]];
  if (!command) throw new Error('Usage: node tools/kafka/kafka.mjs install | check | run');
  try {
    await command();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
