import { busContract } from '@pim/engine/contract';
import { kafkaBus } from './bus';
import { hasKafka, startBroker, type TestBroker } from './spec/broker';
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
});
