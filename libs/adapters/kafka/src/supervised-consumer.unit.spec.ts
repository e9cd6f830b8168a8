import type { EachBatchPayload } from './kafka-client';
import type { SupervisedClient } from './consumer-life';
import { SupervisedConsumer, type SupervisedConsumerOptions } from './supervised-consumer';
import { eventually } from './spec/events';

/** One life of a consumer, as a script. */
class ScriptedConsumer {
  isConnected = false;
  isJoining = false;
  /** Whether it takes a share of the group's work; leaving before having joined changes nothing, as with kafkajs. */
  isMember = false;
  eachBatch: (payload: EachBatchPayload) => Promise<void> = async () => undefined;
  private readonly listeners = new Map<string, (event: unknown) => void>();

  constructor(private readonly starting: () => Promise<void> = async () => undefined) {}

  readonly client = {
    connect: async () => {
      this.isConnected = true;
    },
    disconnect: async () => {
      this.isConnected = false;
      this.isMember = false;
    },
    subscribe: async () => undefined,
    run: async ({ eachBatch }: { eachBatch: ScriptedConsumer['eachBatch'] }) => {
      this.eachBatch = eachBatch;
      this.isJoining = true;
      await this.starting();
      this.isMember = true;
      this.emit('consumer.fetch');
    },
    on: (name: string, listener: (event: unknown) => void) => {
      this.listeners.set(name, listener);
      return () => undefined;
    },
  } as unknown as SupervisedClient;

  emit(name: string, payload: object = {}): void {
    this.listeners.get(name)?.({ payload });
  }

  crash(error: Error): void {
    this.emit('consumer.crash', { error, restart: false });
  }
}

const running: SupervisedConsumer[] = [];
afterEach(() => Promise.all(running.splice(0).map((consumer) => consumer.stop())));

const supervise = (lives: readonly ScriptedConsumer[], options: Partial<SupervisedConsumerOptions> = {}) => {
  let next = 0;
  const told: unknown[] = [];
  const consumer = new SupervisedConsumer({
    make: () => {
      const life = lives[next++];
      if (!life) throw new Error('no more lives');
      return life.client;
    },
    group: 'pim.spec',
    topics: ['t'],
    commits: true,
    handle: async () => undefined,
    onError: (error) => told.push(error),
    silenceMs: 60_000,
    ...options,
  });
  running.push(consumer);
  return { consumer, told };
};

const batch = {} as EachBatchPayload;

describe('a supervised consumer', () => {
  it('runs', async () => {
    const { consumer, told } = supervise([new ScriptedConsumer()]);
    await eventually(() => consumer.state().isRunning);
    expect(consumer.state()).toEqual({ group: 'pim.spec', isRunning: true, restarts: 0, failure: null });
    expect(told).toEqual([]);
  });

  it('is replaced when it crashes, though the client would leave it at that', async () => {
    const [first, second] = [new ScriptedConsumer(), new ScriptedConsumer()];
    const { consumer, told } = supervise([first, second]);
    await eventually(() => first.isConnected);
    const crash = new TypeError('UNKNOWN_SERVER_ERROR');
    first.crash(crash);
    await eventually(() => second.isConnected && consumer.state().isRunning);
    expect(first.isConnected).toBe(false);
    expect(told).toEqual([crash]);
    expect(consumer.state()).toMatchObject({ restarts: 1, failure: 'UNKNOWN_SERVER_ERROR' });
  });

  it('is replaced when it cannot start', async () => {
    const broken = () => new ScriptedConsumer(() => Promise.reject(new Error('no brokers')));
    const { consumer } = supervise([broken(), broken(), new ScriptedConsumer()]);
    await eventually(() => consumer.state().isRunning);
    expect(consumer.state()).toMatchObject({ restarts: 2, failure: 'no brokers' });
  });

  it('is replaced when it falls silent', async () => {
    const silent = new ScriptedConsumer(() => new Promise(() => undefined));
    const { consumer, told } = supervise([silent, new ScriptedConsumer()], { silenceMs: 30 });
    await eventually(() => consumer.state().isRunning);
    expect(String(told[0])).toContain('gave no sign of life');
  });

  it('lets the handler of one life end before the next begins, and tells it to give up what waits', async () => {
    const [first, second] = [new ScriptedConsumer(), new ScriptedConsumer()];
    let signal: AbortSignal | undefined;
    let end: () => void = () => undefined;
    const handle = (_: EachBatchPayload, given: AbortSignal) => {
      signal = given;
      return new Promise<void>((resolve) => (end = resolve));
    };
    const { consumer } = supervise([first, second], { handle });
    await eventually(() => consumer.state().isRunning);
    const handling = first.eachBatch(batch);
    first.crash(new Error('broken'));
    await eventually(() => signal?.aborted === true && !first.isConnected);
    expect(second.isConnected).toBe(false);
    end();
    await handling;
    await eventually(() => second.isConnected);
  });

  it('hands over nothing after it was stopped, and its state says so', async () => {
    const life = new ScriptedConsumer();
    let handled = 0;
    const { consumer } = supervise([life], { handle: async () => void (handled += 1) });
    await eventually(() => consumer.state().isRunning);
    await consumer.stop();
    await life.eachBatch(batch);
    expect(handled).toBe(0);
    expect(life.isConnected).toBe(false);
    expect(consumer.state().isRunning).toBe(false);
  });

  it('is not left behind in its group when it is stopped while it joins', async () => {
    let join: () => void = () => undefined;
    const life = new ScriptedConsumer(() => new Promise((resolve) => (join = resolve)));
    const { consumer } = supervise([life]);
    await eventually(() => life.isJoining);
    const stopping = consumer.stop();
    join();
    await stopping;
    expect(life.isConnected).toBe(false);
    expect(life.isMember).toBe(false);
  });
});
