import RequestQueue from 'kafkajs/src/network/requestQueue';
import { configOf } from './kafka-client';
import { tameRequestQueue, type RequestQueue as Queue } from './request-queue-guard';

const sasl = { mechanism: 'scram-sha-512', username: 'pim', password: 'secret' } as const;

describe('the way to the brokers', () => {
  it('is TLS and a password when it is told so', () => {
    expect(configOf({ brokers: ['kafka:9093'], tls: { ca: 'PEM' }, sasl })).toMatchObject({
      brokers: ['kafka:9093'],
      clientId: 'openpim',
      ssl: { ca: 'PEM' },
      sasl,
    });
    expect(configOf({ brokers: ['127.0.0.1:9092'] }).ssl).toBe(false);
  });

  it('never carries a password in the clear, but to this machine', () => {
    expect(() => configOf({ brokers: ['localhost:9092', 'kafka:9092'], sasl })).toThrow('switch TLS on');
    expect(configOf({ brokers: ['localhost:9092', '127.0.0.1:9092', '[::1]:9092'], sasl }).sasl).toEqual(sasl);
  });

  it('needs a broker', () => {
    expect(() => configOf({ brokers: [] })).toThrow('KAFKA_BROKERS names no broker');
  });
});

describe("kafkajs' request queue", () => {
  const queueWith = (state: Partial<Queue>): Queue =>
    Object.assign(Object.create(RequestQueue.prototype) as Queue, {
      pending: [],
      throttledUntil: -1,
      throttleCheckTimeoutId: null,
      ...state,
    });

  it('looks again for nothing when nothing waits', () => {
    const queue = queueWith({});
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).toBeNull();
  });

  it.each([
    ['a request waits', { pending: [{}] }],
    ['a broker asked us to slow down', { throttledUntil: Date.now() + 60_000 }],
  ])('looks again when %s', (_, state) => {
    const queue = queueWith(state);
    queue.scheduleCheckPendingRequests();
    expect(queue.throttleCheckTimeoutId).not.toBeNull();
    clearTimeout(queue.throttleCheckTimeoutId ?? undefined);
  });

  it('has to be what the guard was written for', () => {
    const other = { prototype: {} as Queue };
    expect(() => tameRequestQueue(other)).toThrow('drop this guard');
  });
});
