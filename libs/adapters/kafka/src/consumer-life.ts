import { createStop } from '@pim/engine';
import { disconnect } from './connected';
import type { Consumer, EachBatchPayload } from './kafka-client';
import { within } from './within';

/** What of a consumer the supervisor uses. */
export type SupervisedClient = Pick<Consumer, 'connect' | 'disconnect' | 'subscribe' | 'run' | 'on'>;

/** What a consumer consumes, and how. */
export interface ConsumerLifeOptions {
  /** A new consumer. */
  readonly make: () => SupervisedClient;
  readonly group: string;
  readonly topics: readonly string[];
  /** Whether the group remembers how far it came. If not, every start is a start at the beginning. */
  readonly commits: boolean;
  /** The signal ends with the consumer that fetched the batch: what waits then is to be given up, others go on with it. */
  readonly handle: (payload: EachBatchPayload, signal: AbortSignal) => Promise<void>;
  /** Without a sign of life for so long a consumer counts as dead, whatever it says. */
  readonly silenceMs: number;
}

/** Messages after which progress is committed, within a batch. */
const commitEvery = 64;

/** How long one that is to end may take to finish what it began. */
const joinWithinMs = 2_000;

/** One consumer from its start until it crashes, falls silent, or is to stop. */
export class ConsumerLife {
  private readonly over = createStop();
  private readonly handling = new Set<Promise<unknown>>();
  private lastSign = performance.now();

  constructor(
    private readonly options: ConsumerLifeOptions,
    private readonly onFetch: () => void,
  ) {}

  /** Resolves with why it ended, when nothing of it runs any more; never throws. */
  async live(stopping: AbortSignal): Promise<unknown> {
    const { over } = this;
    stopping.addEventListener('abort', () => over.abort(stopping.reason), { signal: over.signal });
    try {
      return await this.liveUntilDeath(this.options.make());
    } catch (error) {
      return error;
    } finally {
      over.abort();
    }
  }

  private async liveUntilDeath(consumer: SupervisedClient): Promise<unknown> {
    const death = this.deathOf(consumer, this.over.signal);
    const begun = this.begin(consumer, this.over.signal);
    const failure = await Promise.race([death, begun.then(() => death)]).catch((error: unknown) => error);
    this.over.abort();
    await end(consumer, begun);
    await Promise.all(this.handling);
    return failure;
  }

  private async begin(consumer: SupervisedClient, signal: AbortSignal): Promise<void> {
    const { topics, commits } = this.options;
    await consumer.connect();
    signal.throwIfAborted();
    // Who finds no offset of the group, or an offset that is gone, starts at the beginning: nothing is ever skipped.
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    signal.throwIfAborted();
    await consumer.run({
      autoCommit: commits,
      autoCommitThreshold: commitEvery,
      eachBatchAutoResolve: false,
      eachBatch: (payload) => this.handle(payload, signal),
    });
  }

  private async handle(payload: EachBatchPayload, signal: AbortSignal): Promise<void> {
    this.noteSign();
    if (signal.aborted) return;
    const handling = this.options.handle(payload, signal);
    const settled: Promise<unknown> = handling.then(
      () => this.handling.delete(settled),
      () => this.handling.delete(settled),
    );
    this.handling.add(settled);
    await handling;
  }

  /** Resolves with the reason when the consumer crashes, is silent for too long, or is to stop. */
  private deathOf(consumer: SupervisedClient, over: AbortSignal): Promise<unknown> {
    return new Promise((resolve) => {
      over.addEventListener('abort', () => resolve(over.reason));
      consumer.on('consumer.crash', ({ payload }) => resolve(payload.error));
      consumer.on('consumer.fetch', () => this.noteFetch());
      consumer.on('consumer.heartbeat', () => this.noteSign());
      this.watch(resolve, over);
    });
  }

  private watch(resolve: (failure: Error) => void, over: AbortSignal): void {
    const { silenceMs, group } = this.options;
    const watchdog = setInterval(() => {
      if (performance.now() - this.lastSign < silenceMs) return;
      resolve(new Error(`the consumer of ${group} gave no sign of life for ${silenceMs} ms`));
    }, silenceMs / 10);
    over.addEventListener('abort', () => clearInterval(watchdog));
  }

  private noteSign(): void {
    this.lastSign = performance.now();
  }

  /** It is in its group, and what was asked for came back. */
  private noteFetch(): void {
    this.noteSign();
    this.onFetch();
  }
}

/** A consumer that is ended while it joins its group would join all the same, and keep its share of the work to itself. */
const end = async (consumer: SupervisedClient, begun: Promise<void>): Promise<void> => {
  const settled = begun.catch(() => undefined);
  const isLate = await within(joinWithinMs, 'Joining', settled).catch(() => true);
  await disconnect(consumer);
  if (isLate) void settled.then(() => disconnect(consumer));
};
