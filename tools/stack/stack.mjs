// npm run stack: the five services as five processes on this machine, without Docker. Real Kafka and mongo-java-server from
// Maven, and the double of EventStoreDB; or whatever EVENT_STORE_URL, KAFKA_BROKERS and MONGODB_URL name. For trying things
// out and for tests: the demo tenant and its issuer are in it. Ends with Ctrl-C, and takes everything down with it. With
// --replicas 2, or OPENPIM_REPLICAS=2, there are two processes of each service. With --test it uses any free port, ends with
// its standard input, and obeys the lines `kill <name>` (SIGKILL), `start <name>`, `pause <name>` (SIGSTOP) and `resume <name>`
// there, answering each with a line that repeats it. Names: a service for all its replicas, `<service>-<n>` for one of them,
// `services` for all of them, `kafka`, `store`, `mongodb`. Installing and building is then up to the caller.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { installIfMissing, root, withProgress } from '../install.mjs';
import { freePort } from '../free-port.mjs';
import { startFront } from './front.mjs';
import { issuerAt } from './issuer.mjs';
import { spawnProgram, startPart, together } from './parts.mjs';
import { startServers } from './servers.mjs';

const services = ['requests', 'approvals', 'assignments', 'alerting', 'audit'];
const appOf = (service) => (service === 'audit' ? 'audit-projection' : service);
const dist = (path) => join(root, 'dist', path);

/** Everything the stack consists of, and how it comes to an end: in the opposite order of its start. */
class Stack {
  ends = [];
  /** What can be killed and started again, by name. */
  running = new Map();

  add(name, part) {
    this.running.set(name, part);
    this.ends.push(() => part.stop());
  }

  async stop() {
    for (const end of this.ends.splice(0).reverse()) await end().catch((error) => console.error(error.message));
  }
}

const setUp = async (env) => {
  const program = spawnProgram('The set-up', [dist('apps/all-in-one/src/set-up.main.js')], {
    ...env,
    OPENPIM_MODE: 'development',
  });
  program.line.catch(() => undefined);
  const code = await program.ended;
  if (code !== 0) throw new Error(`The set-up ended with ${code}.`);
};

/** One process of a service that runs, and can be killed and started again on the same port. */
const startReplica = async (service, env) => {
  const port = await freePort();
  const part = await startPart(async () => {
    const program = spawnProgram(service, [dist(`apps/${appOf(service)}/src/main.js`)], { ...env, PORT: `${port}` });
    await program.line;
    return program;
  });
  return { port, part };
};

/** All replicas of a service; resolves with their ports. */
const startService = async (stack, { service, replicas, env }) => {
  const all = await Promise.all(Array.from({ length: replicas }, () => startReplica(service, env)));
  const parts = all.map(({ part }) => part);
  if (replicas > 1) parts.forEach((part, n) => stack.running.set(`${service}-${n + 1}`, part));
  stack.add(service, together(parts));
  return all.map(({ port }) => port);
};

/**
 * Starts everything; `folder` holds the data. Resolves with the address when all services answer.
 * `progress(title, work)` shows how far it is.
 */
export const startStack = async ({ folder, port, replicas = 1, progress = (_, work) => work() }) => {
  const stack = new Stack();
  try {
    mkdirSync(folder, { recursive: true });
    const url = `http://127.0.0.1:${port || (await freePort())}`;
    const servers = await progress('Starting Kafka, the event store and MongoDB', () => startServers(folder));
    for (const [name, part] of servers.parts) stack.add(name, part);
    const env = { ...servers.env, OPENPIM_DATA: folder, OPENPIM_URL: url };
    await progress('Setting up topics, roles and the demo tenant', () => setUp(env));
    const issuer = await issuerAt(folder, url);
    const forService = { ...env, OPENPIM_MODE: 'production', OPENPIM_ISSUER: `${url}/idp`, OPENPIM_LOG_FORMAT: 'text' };
    const ports = await progress('Starting five services', () =>
      Promise.all(
        services.map(async (service) => [service, await startService(stack, { service, replicas, env: forService })]),
      ),
    );
    stack.running.set('services', together(services.map((service) => stack.running.get(service))));
    const front = await startFront({
      port: Number(new URL(url).port),
      ports: Object.fromEntries(ports),
      issuer: issuer.handler,
    });
    stack.ends.push(() => new Promise((resolve) => (front.closeAllConnections(), front.close(resolve))));
    return { url, issuer, servers: servers.env, running: stack.running, stop: () => stack.stop() };
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

const readOptions = () => {
  const { values } = parseArgs({ options: { test: { type: 'boolean' }, replicas: { type: 'string' } } });
  const replicas = Number(values.replicas ?? process.env.OPENPIM_REPLICAS ?? 1);
  if (!Number.isInteger(replicas) || replicas < 1) throw new Error('--replicas takes a whole number from 1 on.');
  return { isTest: values.test === true, replicas };
};

const main = async () => {
  const { isTest, replicas } = readOptions();
  if (!isTest) await prepare();
  const folder = resolve(root, process.env.OPENPIM_DATA ?? '.cache/stack');
  const port = isTest ? 0 : Number(process.env.PORT ?? 8080);
  const stack = await startStack({ folder, port, replicas, progress: isTest ? undefined : withProgress });
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

const carryOut = async ({ running }, line) => {
  const [verb, name] = line.split(' ');
  const part = running.get(name);
  if (!part) throw new Error(`${name} is no part that this stack has started.`);
  await part[verb]();
};

/** Lines are obeyed one after the other; one that cannot be is answered by `failed <line>: <why>`. */
const obey = (stack) => {
  let last = Promise.resolve();
  return (line) => {
    last = last
      .then(() => carryOut(stack, line))
      .then(
        () => console.log(line),
        (error) => console.log(`failed ${line}: ${error.message}`),
      );
  };
};

if (process.argv[1] === join(root, 'tools/stack/stack.mjs'))
  main().catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
