import { Kafka, logLevel, Partitioners, type Consumer, type KafkaConfig, type Producer } from 'kafkajs';
import RequestQueue from 'kafkajs/src/network/requestQueue';
import { tameRequestQueue } from './request-queue-guard';

// The one file that imports kafkajs.
export type { Admin, Consumer, EachBatchPayload, Kafka, KafkaMessage, Producer, RecordMetadata } from 'kafkajs';

tameRequestQueue(RequestQueue);

/** How to reach the brokers. */
export interface KafkaOptions {
  /** `host:port`, at least one. */
  readonly brokers: readonly string[];
  /** What brokers call us in their logs and quotas. Default `openpim`. */
  readonly clientId?: string;
  /** `true`: TLS with the authorities this machine trusts; an object: PEM texts of our own. Default: no TLS. */
  readonly tls?: boolean | { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** A name and a password for the brokers. Refused without TLS unless every broker is on this machine. */
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

/** How patient consumers are, in milliseconds. */
export interface Timing {
  /** Without a heartbeat for so long a member is out of its group. */
  readonly sessionMs: number;
  readonly heartbeatMs: number;
  /** How long a fetch waits for something new: also how long an idle consumer takes to stop. */
  readonly fetchMs: number;
}

const isLocal = (broker: string): boolean => /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(broker);

/**
 * A client that connects when it is used. It gives up a request after a few tries within seconds: whoever uses it decides
 * how to go on. Throws when the options are not safe or not complete.
 */
export const createKafka = (options: KafkaOptions): Kafka => new Kafka(configOf(options));

/** kafkajs' configuration. It never logs: failures reach whoever asked, and secrets reach nobody. */
export const configOf = ({ brokers, clientId = 'openpim', tls, sasl }: KafkaOptions): KafkaConfig => {
  if (brokers.length === 0) throw new Error('KAFKA_BROKERS names no broker; give at least one as host:port.');
  if (sasl && !tls && !brokers.every(isLocal))
    throw new Error('A password for Kafka would cross the network in the clear: switch TLS on.');
  return {
    brokers: [...brokers],
    clientId,
    ssl: tls ?? false,
    ...(sasl ? { sasl: sasl as NonNullable<KafkaConfig['sasl']> } : {}),
    connectionTimeout: 3_000,
    authenticationTimeout: 5_000,
    requestTimeout: 6_000,
    enforceRequestTimeout: true,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
    logLevel: logLevel.NOTHING,
  };
};

/** A producer whose repetitions the broker recognizes; it creates no topics. */
export const createProducer = (kafka: Kafka): Producer =>
  kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 },
  });

/** A consumer that says when it crashed and leaves it at that: who comes to its help is the supervisor's business. */
export const createConsumer = (kafka: Kafka, groupId: string, { sessionMs, heartbeatMs, fetchMs }: Timing): Consumer =>
  kafka.consumer({
    groupId,
    sessionTimeout: sessionMs,
    rebalanceTimeout: 2 * sessionMs,
    heartbeatInterval: heartbeatMs,
    maxWaitTimeInMs: fetchMs,
    allowAutoTopicCreation: false,
    retry: { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000, restartOnFailure: async () => false },
  });
