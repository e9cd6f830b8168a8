// One Kafka broker on this machine.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { here, installKafka, libs, runToSuccess } from './jars.mjs';
import { freePort } from '../free-port.mjs';

const clusterId = 'b3BlbnBpbS1rYWZrYS0wMQ';
const startWithinMs = 60_000;

/** Quick to start rather than quick to run. */
const jvm = ['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const java = (...args) => [
  ...jvm,
  `-Dlog4j.configuration=file:${join(here, 'log4j.properties')}`,
  '-cp',
  `${libs}/*`,
  ...args,
];

/** Who may sign in on the broker's second listener, which speaks TLS. For tests: anybody may read this. */
const login = { mechanism: 'scram-sha-512', username: 'openpim', password: 'only-for-tests' };
const scram = `SCRAM-SHA-512=[name=${login.username},password=${login.password}]`;

/** A certificate for 127.0.0.1, made anew for each broker; resolves with it as PEM, its key is in `folder` only. */
const createCertificate = async (folder) => {
  const store = ['-keystore', join(folder, 'tls.p12'), '-storepass', login.password, '-alias', 'broker'];
  const subject = ['-dname', 'CN=127.0.0.1', '-ext', 'SAN=ip:127.0.0.1', '-keyalg', 'EC', '-validity', '2'];
  await runToSuccess('keytool', ['-genkeypair', ...store, ...subject]);
  const pem = await runToSuccess('keytool', ['-exportcert', '-rfc', ...store]);
  return pem.slice(pem.indexOf('-----BEGIN'));
};

const listeners = ({ plain, controller, secure, folder }) => `
listeners=PLAINTEXT://127.0.0.1:${plain},CONTROLLER://127.0.0.1:${controller},SASL_SSL://127.0.0.1:${secure}
advertised.listeners=PLAINTEXT://127.0.0.1:${plain},SASL_SSL://127.0.0.1:${secure}
controller.quorum.voters=1@127.0.0.1:${controller}
ssl.keystore.type=PKCS12
ssl.keystore.location=${join(folder, 'tls.p12')}
ssl.keystore.password=${login.password}
log.dirs=${join(folder, 'data')}
`;

/**
 * Starts a broker whose data are in `folder`, on free ports of 127.0.0.1, and resolves when it answers. `brokers` is its
 * address in the clear; `secure` says how to reach it by TLS and with a password. `kill` ends it as a crash would, `start`
 * starts it again with the same data and addresses, `stop` ends it in order; `ended` resolves when the one that runs has.
 */
export const startKafka = async (folder) => {
  await installKafka();
  mkdirSync(folder, { recursive: true });
  const ports = { plain: await freePort(), controller: await freePort(), secure: await freePort() };
  const [brokers, properties] = [`127.0.0.1:${ports.plain}`, join(folder, 'server.properties')];
  writeFileSync(properties, readFileSync(join(here, 'server.properties'), 'utf8') + listeners({ ...ports, folder }));
  const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties, '--ignore-formatted'];
  const [ca] = await Promise.all([
    createCertificate(folder),
    runToSuccess('java', java(...format, '--add-scram', scram)),
  ]);
  let broker = await startBroker(properties, brokers);
  return {
    brokers,
    secure: { brokers: `127.0.0.1:${ports.secure}`, ca, login },
    pid: () => broker.pid,
    ended: () => broker.ended,
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
  return { pid: child.pid, ended, end: (signal) => (child.kill(signal), ended) };
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
