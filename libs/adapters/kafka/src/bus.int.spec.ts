import { busContract } from '@pim/engine/contract';
import { kafkaBus, type KafkaBusOptions } from './bus';
import { hasKafka, startBroker, type TestBroker } from './spec/broker';
import { eventOf, eventually, unused } from './spec/events';
import { migrateTopics } from './topic-migration';
import { topics } from './topics';

jest.setTimeout(20_000);

/** Members of a group notice within a fifth of a second that another one came. */
const timing = { sessionMs: 6_000, heartbeatMs: 200, fetchMs: 100 };

let broker: TestBroker;
const bus = () => kafkaBus({ brokers: broker.brokers, timing, pauseMs: () => 1 });

(hasKafka() ? describe : describe.skip)('Kafka', () => {
  beforeAll(async () => {
    broker = await startBroker();
    await migrateTopics({ brokers: broker.brokers }, topics);
  }, 90_000);
  afterAll(() => broker?.stop());

  busContract('Kafka', async () => bus());

  it('is reached by TLS and with a password, and with one of them wrong by nobody', async () => {
    if (!broker.secure) return;
    const { brokers, ca, login } = broker.secure;
    const connect = (options: Partial<KafkaBusOptions>) => kafkaBus({ brokers: [brokers], timing, ...options });
    const [right, strangersPassword, strangersCertificate] = [
      connect({ tls: { ca }, sasl: login }),
      connect({ tls: { ca }, sasl: { ...login, password: 'guessed' } }),
      connect({ tls: true, sasl: login }),
    ] as const;
    const [stream, handled] = [unused('request-'), [] as string[]];
    await right.consume({ group: unused('pim.secure.'), categories: ['request'] }, async ({ id }) => {
      handled.push(id);
    });
    await right.publish(eventOf(stream));
    await eventually(() => handled.includes(eventOf(stream).id));
    await expect(strangersPassword.publish(eventOf(stream))).rejects.toThrow('authentication failed');
    await expect(strangersCertificate.publish(eventOf(stream))).rejects.toThrow('self-signed certificate');
    for (const bus of [right, strangersPassword, strangersCertificate]) await bus.close();
  });
});
