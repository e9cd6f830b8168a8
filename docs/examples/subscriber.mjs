// Who holds which directory role now, from Kafka alone: node docs/examples/subscriber.mjs
// One line of JSON for each principal whose roles change. A role ends here at its end, whether Kafka can be reached or not.
// KAFKA_BROKERS=one:9092,two:9092; KAFKA_TLS=on, KAFKA_USERNAME and KAFKA_PASSWORD_FILE where the brokers ask for them.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Kafka, logLevel } from 'kafkajs';

const { KAFKA_BROKERS = '127.0.0.1:9092', KAFKA_TLS, KAFKA_USERNAME, KAFKA_PASSWORD_FILE } = process.env;
const login = () => ({
  mechanism: 'scram-sha-512',
  username: KAFKA_USERNAME,
  password: readFileSync(KAFKA_PASSWORD_FILE, 'utf8').trim(),
});

const kafka = new Kafka({
  brokers: KAFKA_BROKERS.split(','),
  ssl: KAFKA_TLS === 'on',
  ...(KAFKA_USERNAME ? { sasl: login() } : {}),
  logLevel: logLevel.ERROR,
});

/** Principal id → the roles it holds. Group members hold what is under their groups' ids as well. */
const rolesOf = new Map();

const isInEffect = ({ endDateTime }) => endDateTime === null || Date.parse(endDateTime) > Date.now();

const set = (principalId, roles) => {
  if (roles.length > 0) rolesOf.set(principalId, roles);
  else rolesOf.delete(principalId);
  console.log(JSON.stringify({ principalId, roles }));
};

const endWhatIsOver = () => {
  for (const [principalId, roles] of rolesOf) if (!roles.every(isInEffect)) set(principalId, roles.filter(isInEffect));
};

// Nothing is kept over a restart, so the topic is read from its beginning, by a group of our own.
const consumer = kafka.consumer({ groupId: `subscriber-${randomUUID()}`, allowAutoTopicCreation: false });
// A client that has given up hears of no end that comes early: better none than one who believes in what was.
consumer.on(consumer.events.CRASH, ({ payload: { restart } }) => restart || process.exit(1));
await consumer.connect();
await consumer.subscribe({ topic: 'pim.effective-roles.v1', fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message: { key, value } }) => {
    const { roles } = value ? JSON.parse(value.toString()) : { roles: [] };
    set(key.toString(), roles.filter(isInEffect));
  },
});
setInterval(endWhatIsOver, 1_000);
