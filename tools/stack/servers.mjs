// The servers that the five services share: real Kafka, mongo-java-server in memory, and the double of EventStoreDB; or
// whatever KAFKA_BROKERS, MONGODB_URL and EVENT_STORE_URL name, which nobody here can stop.
import { join } from 'node:path';
import { freePort } from '../free-port.mjs';
import { root } from '../install.mjs';
import { startKafka } from '../kafka/broker.mjs';
import { start as startMongo } from '../mongodb/mongodb.mjs';
import { spawnProgram, startPart } from './parts.mjs';

const kafka = async (folder) => {
  const broker = await startKafka(join(folder, 'kafka'));
  let isNew = true;
  const part = await startPart(async () => {
    if (!isNew) await broker.start();
    isNew = false;
    return { pid: broker.pid(), ended: broker.ended() };
  });
  return { url: broker.brokers, part };
};

/** Its data are in the folder, as they were, when it is started again. */
const store = async (folder) => {
  const main = join(root, 'dist/tools/eventstore-double/src/main.js');
  const args = [main, '--data', join(folder, 'store'), '--port', `${await freePort()}`];
  let url = '';
  const part = await startPart(async () => {
    const program = spawnProgram('The double of EventStoreDB', args);
    url = await program.line;
    return program;
  });
  return { url, part };
};

/** Its data are in memory: killed and started again, it is empty. */
const documents = async () => {
  const port = await freePort();
  const part = await startPart(() => startMongo(port));
  return { url: `mongodb://127.0.0.1:${port}/openpim`, part };
};

const startOrName = async (named, begin) => (named ? { url: named, part: null } : begin());

/** Starts what no variable names. Resolves with the variables for the services and with the parts that were started, by name. */
export const startServers = async (folder) => {
  const { KAFKA_BROKERS, EVENT_STORE_URL, MONGODB_URL } = process.env;
  const servers = {
    kafka: startOrName(KAFKA_BROKERS, () => kafka(folder)),
    store: startOrName(EVENT_STORE_URL, () => store(folder)),
    mongodb: startOrName(MONGODB_URL, documents),
  };
  const started = await Promise.all(Object.entries(servers).map(async ([name, server]) => [name, await server]));
  const { kafka: brokers, store: log, mongodb } = Object.fromEntries(started);
  return {
    env: { KAFKA_BROKERS: brokers.url, EVENT_STORE_URL: log.url, MONGODB_URL: mongodb.url },
    parts: new Map(started.flatMap(([name, { part }]) => (part ? [[name, part]] : []))),
  };
};
