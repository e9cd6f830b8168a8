import 'reflect-metadata';
import { setTimeout } from 'node:timers/promises';
import { endedIn, expectExpiredOnce } from './support/in-effect';
import { Activations, inTurns, meanwhile, wishes, wishesWithApproval, type Wish } from './support/activations';
import { randomFrom, seedOfThisRun } from './support/random';
import { activation, assignmentInstances, assignmentRequests, id } from './support/server';
import { TestStack, whyNoStack, type Part } from './support/stack';
import { until } from './support/until';
import { Witness } from './support/witness';

const isFull = process.env['OPENPIM_FAULTS'] === 'full';
/** Activations under kills, and how long a server is away, in milliseconds. */
const { count, outageMs } = isFull ? { count: 100, outageMs: 60_000 } : { count: 6, outageMs: 2_000 };

jest.setTimeout(isFull ? 900_000 : 180_000);
if (!isFull) console.warn('Faults in short: OPENPIM_FAULTS=full, or npm run faults, for the long ones.');

/** How long clients go on asking in the long form, in milliseconds. */
const loadMs = 300_000;

const services = ['requests', 'approvals', 'assignments', 'alerting', 'audit'] as const;

/**
 * Rows of the fault matrix on five services, in the long form two processes of each. After every fault S1 to S4 and L1 are asserted by a
 * witness that reads the log, MongoDB and Kafka itself (docs/faults.md).
 */
const suite = (): void => {
  let stack: TestStack;
  let witness: Witness;
  let clients: Activations;
  const random = randomFrom(seedOfThisRun());
  /** What nobody has activated yet: those who are eligible first. */
  const left = [...wishesWithApproval, ...wishes()];
  const take = (many: number): readonly Wish[] => left.splice(0, many);
  /** One that nobody is eligible for yet. */
  const takeNew = (): Wish => left.splice(-1)[0] as Wish;

  beforeAll(async () => {
    stack = await TestStack.start({ replicas: isFull ? 2 : 1 });
    witness = await Witness.of(stack);
    clients = new Activations(stack, witness);
    await clients.prepare(left.slice(wishesWithApproval.length, count + 6));
  });
  afterAll(async () => {
    await witness?.close();
    await stack?.stop();
  });
  afterEach(() => witness.expectRight());

  const watching = <T>(work: Promise<T>): Promise<T> => meanwhile(work, () => witness.look(), 250);
  const activateAll = async (some: readonly Wish[]): Promise<void> => {
    const ids: string[] = [];
    await inTurns(some, 4, async (wish) => void ids.push(await clients.activate(wish)));
    await clients.expectProvisionedOnce(ids);
  };
  const crash = async (part: Part): Promise<void> => {
    await stack.kill(part);
    await setTimeout(random() * 300);
    await stack.start(part);
  };

  /** Kills a part, or has it stand still, for as long as an outage lasts; meanwhile clients ask what they ask. */
  const without = async (
    part: Part,
    [away, back]: readonly ['kill', 'start'] | readonly ['pause', 'resume'],
    ask: () => Promise<void>,
  ) => {
    await stack[away](part);
    const end = setTimeout(outageMs);
    try {
      await watching(ask());
      await watching(end);
    } finally {
      await stack[back](part);
    }
  };
  const anyReplica = (): Part =>
    `${services[Math.floor(random() * services.length)] ?? 'requests'}-${random() < 0.5 ? 1 : 2}`;
  /** Longer than a lease lasts: another one does its work before it wakes up. */
  const standStill = async (part: Part, ms: number): Promise<void> => {
    await stack.pause(part);
    await setTimeout(ms);
    await stack.resume(part);
  };
  const nextEligible = async (): Promise<Wish> => {
    const wish = takeNew();
    await clients.makeEligible(wish);
    return wish;
  };
  const ready = (): Promise<unknown> =>
    until(
      () => stack.call('sam', 'GET', '/health/ready'),
      ({ status }) => status === 200,
    );

  it(`brings each of ${count} activations to its one right end, whoever is killed in the middle of it`, async () => {
    let isOver = false;
    const activating = activateAll(take(count)).finally(() => (isOver = true));
    const killing = async (): Promise<void> => {
      // Each service with all its processes, so that nobody takes over; in the long form one process at a time as well.
      for (let n = 0; n < services.length || (isFull && !isOver); n += 1) {
        const service = services[n % services.length] ?? 'requests';
        await crash(n < services.length || random() < 0.3 ? service : `${service}-${random() < 0.5 ? 1 : 2}`);
        await setTimeout(random() * 200);
      }
    };
    await watching(Promise.all([activating, killing()]));
  });

  it('says that it cannot, and never yes, while the store is away; what is asked for till it is back is done once', async () => {
    const [wish, other] = take(2) as [Wish, Wish];
    const asked: Promise<string>[] = [];
    await without('store', ['kill', 'start'], async () => {
      asked.push(clients.activate(wish));
      const refused = await Promise.all([
        stack.call(other.who, 'POST', assignmentRequests, activation(id[other.who], other.roleDefinitionId)),
        stack.call('sam', 'GET', assignmentInstances),
      ]);
      for (const { status, body } of refused) expect([status, body.error?.code]).toEqual([503, 'ServiceUnavailable']);
    });
    await clients.expectProvisionedOnce(await Promise.all(asked));
    // The other one was not asked for again, and nothing of it is there.
    expect((await witness.log()).filter(({ data }) => isAbout(data, other))).toEqual([]);
  });

  it('has its read models again after MongoDB has lost everything under the services', async () => {
    const [wish] = take(1) as [Wish];
    await clients.giveAndTake(takeNew());
    const activating = clients.activate(wish);
    await watching(crash('mongodb'));
    await clients.expectProvisionedOnce([await activating]);
  });

  it('takes every message a second time for the first, when positions are gone with everything else', async () => {
    const before = await witness.log();
    const [wish] = take(1) as [Wish];
    const activating = clients.activate(wish);
    await stack.kill('services');
    await crash('mongodb');
    await watching(stack.start('services'));
    await clients.expectProvisionedOnce([await activating]);
    await until(
      async () => witness.deliveries.missing(before, 2).length,
      (count) => count === 0,
    );
    await ready();
  });

  const withOwnKafka = process.env['KAFKA_BROKERS'] ? it.skip : it;
  const longOnes = (): void => {
    // In short this shows on one process (faults-projection). These clients send a client-request-id.
    it('lists nothing while MongoDB is away; what is asked for till it is back is done once', async () => {
      const [wish] = take(1) as [Wish];
      const asked: Promise<string>[] = [];
      await without('mongodb', ['pause', 'resume'], async () => {
        asked.push(clients.activate(wish));
        expect((await stack.call('sam', 'GET', assignmentInstances)).status).toBe(503);
      });
      await clients.expectProvisionedOnce(await Promise.all(asked));
      await ready();
    });

    withOwnKafka('accepts what is asked while Kafka is away, and carries it out once when it is back', async () => {
      const wish = await nextEligible();
      const asked: string[] = [];
      await without('kafka', ['kill', 'start'], async () => void asked.push(await clients.activate(wish)));
      await clients.expectProvisionedOnce(asked);
      await ready();
    });

    it('does nothing twice, loses nothing and ends on time, five minutes long, while processes die and stand still', async () => {
      const started = Date.now();
      const isLeft = (ms: number): boolean => Date.now() - started < ms;
      /** By how long they last: some end while all this goes on. */
      const asked = { PT5M: new Array<string>(), PT1H: new Array<string>() };
      const client = async (): Promise<void> => {
        while (isLeft(loadMs)) {
          const wish = await nextEligible();
          const duration = isLeft(60_000) ? 'PT5M' : 'PT1H';
          asked[duration].push(await clients.activate(wish, duration));
          await clients.giveAndTake(takeNew());
        }
      };
      const disturb = async (): Promise<void> => {
        while (isLeft(loadMs)) {
          await (random() < 0.3 ? standStill(anyReplica(), 8_000) : crash(anyReplica()));
          await setTimeout(random() * 2_000);
        }
        // One of them holds the lease, and things are due.
        for (const part of ['assignments-1', 'assignments-2'] as const) await standStill(part, 30_000);
      };
      await watching(Promise.all([client(), client(), client(), disturb()]));
      const log = await until(
        () => witness.log(),
        (now) => asked.PT5M.every((scheduleId) => endedIn(now).has(scheduleId)),
      );
      const longest = expectExpiredOnce(log, asked.PT5M);
      // A lease that runs out, another process, and a machine that does other things as well.
      expect(longest).toBeLessThan(60_000);
      await clients.expectProvisionedOnce([...asked.PT5M, ...asked.PT1H]);
      console.log(
        `${asked.PT5M.length + asked.PT1H.length} activations, ${log.length} events; ${asked.PT5M.length} expired, recorded within ${longest} ms`,
      );
      await ready();
    });
  };
  if (isFull) longOnes();
};

/** Whether an event is about somebody's activation of a role. */
const isAbout = (data: unknown, { who, roleDefinitionId }: Wish): boolean => {
  const { principalId, roleDefinitionId: about, action } = data as { readonly [name: string]: unknown };
  return principalId === id[who] && about === roleDefinitionId && action === 'selfActivate';
};

const absent = whyNoStack();
if (absent === null) describe('five services that fail', suite);
else describe.skip(`NOT RUN, five services that fail: ${absent}`, suite);
