// npm run stack: the five services as five processes on this machine, without Docker. Real Kafka and mongo-java-server from
// Maven, and the double of EventStoreDB; or whatever EVENT_STORE_URL, KAFKA_BROKERS and MONGODB_URL name. For trying things
// out and for tests: the demo tenant and its issuer are in it. Ends with Ctrl-C, and takes everything down with it. With
// --test it uses any free port, ends with its standard input, and obeys the lines `kill <name>` (SIGKILL) and
// `start <name>` there, for a service or `kafka`, answering each with a line that repeats it. Installing and building is then up to the caller.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { installIfMissing, root, withProgress } from '../install.mjs';
import { freePort } from '../free-port.mjs';
import { startKafka } from '../kafka/broker.mjs';
import { startFront } from './front.mjs';
import { issuerAt } from './issuer.mjs';

const services = ['requests', 'approvals', 'assignments', 'alerting', 'audit'];
const appOf = (service) => (service === 'audit' ? 'audit-projection' : service);

/** Resolves with the first line that a program writes; it goes on running. Its errors are shown. */
const firstLine = (child, name) =>
  new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', resolve);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${name} ended with ${code}.`)));
  });

const stopped = (child, signal) =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.on('exit', () => resolve());
    child.kill(signal);
  });

/** Everything the stack consists of, and how it comes to an end: in the opposite order of its start. */
class Stack {
  ends = [];
  /** What can be killed and started again, by name. */
  running = new Map();

  run(name, args, env = {}) {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.ends.push(() => stopped(child, 'SIGTERM'));
    return { child, line: firstLine(child, name) };
  }

  async stop() {
    for (const end of this.ends.splice(0).reverse()) await end().catch((error) => console.error(error.message));
  }
}

const startServers = async (stack, folder) => {
  const kafka = async () => {
    if (process.env.KAFKA_BROKERS) return process.env.KAFKA_BROKERS;
    const broker = await startKafka(join(folder, 'kafka'));
    stack.ends.push(() => broker.stop());
    stack.running.set('kafka', broker);
    return broker.brokers;
  };
  const store = async () => {
    if (process.env.EVENT_STORE_URL) return process.env.EVENT_STORE_URL;
    const main = join(root, 'dist/tools/eventstore-double/src/main.js');
    return stack.run('The double of EventStoreDB', [main, '--data', join(folder, 'store')]).line;
  };
  const documents = async () => {
    if (process.env.MONGODB_URL) return process.env.MONGODB_URL;
    const { url } = JSON.parse(await stack.run('MongoDB', [join(root, 'tools/mongodb/mongodb.mjs')]).line);
    return `${url}/openpim`;
  };
  const [brokers, eventStoreUrl, mongoUrl] = await Promise.all([kafka(), store(), documents()]);
  return { KAFKA_BROKERS: brokers, EVENT_STORE_URL: eventStoreUrl, MONGODB_URL: mongoUrl };
};

const dist = (path) => join(root, 'dist', path);

const setUp = (stack, env) =>
  new Promise((resolve, reject) => {
    const { child } = stack.run('The set-up', [dist('apps/all-in-one/src/set-up.main.js')], {
      ...env,
      OPENPIM_MODE: 'development',
    });
    child.removeAllListeners('exit');
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The set-up ended with ${code}.`))));
  });

/** A service that runs, and can be killed and started again on the same port. */
const startService = async (stack, service, env) => {
  const port = await freePort();
  const run = async () => {
    const one = stack.run(service, [dist(`apps/${appOf(service)}/src/main.js`)], { ...env, PORT: String(port) });
    await one.line;
    return one.child;
  };
  let child = await run();
  return {
    port,
    kill: () => stopped(child, 'SIGKILL'),
    start: async () => void (child = await run()),
  };
};

/**
 * Starts everything; `folder` holds the data. Resolves with the address when all five answer.
 * `progress(title, work)` shows how far it is.
 */
const startStack = async ({ folder, port, progress = (_, work) => work() }) => {
  const stack = new Stack();
  try {
    mkdirSync(folder, { recursive: true });
    const url = `http://127.0.0.1:${port || (await freePort())}`;
    const servers = await progress('Starting Kafka, the event store and MongoDB', () => startServers(stack, folder));
    const env = { ...servers, OPENPIM_DATA: folder, OPENPIM_URL: url };
    await progress('Setting up topics, roles and the demo tenant', () => setUp(stack, env));
    const issuer = await issuerAt(folder, url);
    const { running } = stack;
    await progress('Starting five services', () =>
      Promise.all(
        services.map(async (service) => {
          const forService = {
            ...env,
            OPENPIM_MODE: 'production',
            OPENPIM_ISSUER: `${url}/idp`,
            OPENPIM_LOG_FORMAT: 'text',
          };
          running.set(service, await startService(stack, service, forService));
        }),
      ),
    );
    const ports = Object.fromEntries(services.map((service) => [service, running.get(service).port]));
    const front = await startFront({ port: Number(new URL(url).port), ports, issuer: issuer.handler });
    stack.ends.push(() => new Promise((resolve) => (front.closeAllConnections(), front.close(resolve))));
    return { url, servers, running, stop: () => stack.stop() };
  } catch (error) {
    await stack.stop();
    throw error;
  }
};

const prepare = async () => {
  await installIfMissing();
  const { build } = await import('../build.mjs');
  await withProgress('Building', build);
};

const main = async () => {
  const isTest = process.argv.includes('--test');
  if (!isTest) await prepare();
  const folder = resolve(root, process.env.OPENPIM_DATA ?? '.cache/stack');
  const port = isTest ? 0 : Number(process.env.PORT ?? 8080);
  const stack = await startStack({ folder, port, progress: isTest ? undefined : withProgress });
  console.log(`OpenPIM is ready at ${stack.url} as five services, on ${Object.values(stack.servers).join(', ')}.`);
  console.log(`A token: OPENPIM_DATA=${folder} OPENPIM_URL=${stack.url} npx pim token erin --mfa`);
  let ending = false;
  const end = async () => {
    if (ending) return;
    ending = true;
    await stack.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, end);
  if (isTest) createInterface({ input: process.stdin }).on('line', obey(stack)).on('close', end);
};

/** Lines are obeyed one after the other. */
const obey = (stack) => {
  let last = Promise.resolve();
  return (line) => {
    const [verb, service] = line.split(' ');
    last = last.then(() => stack.running.get(service)[verb]()).then(() => console.log(line));
  };
};

if (process.argv[1] === join(root, 'tools/stack/stack.mjs'))
  main().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
