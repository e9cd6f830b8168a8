import { createStop, guarded, pause, pauseAfter, reasonOf } from '@pim/engine';
import { disconnect } from './connected';
import type { Consumer, EachBatchPayload } from './kafka-client';
import { within } from './within';

/** What of a consumer the supervisor uses. */
export type SupervisedClient = Pick<Consumer, 'connect' | 'disconnect' | 'subscribe' | 'run' | 'on'>;

export interface SupervisedConsumerOptions {
  /** A new consumer, for the first start and after every failure. */
  readonly make: () => SupervisedClient;
  readonly group: string;
  readonly topics: readonly string[];
  /** Whether the group remembers how far it came. If not, every start is a start at the beginning. */
  readonly commits: boolean;
  /** The signal ends with the consumer that fetched the batch: what waits then is to be given up, others go on with it. */
  readonly handle: (payload: EachBatchPayload, signal: AbortSignal) => Promise<void>;
  /** Before every start. */
  readonly onStart?: () => void;
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Without a sign of life for so long a consumer counts as dead, whatever it says. */
  readonly silenceMs: number;
}

/** How a consumer does; readiness follows it. */
export interface ConsumerState {
  readonly group: string;
  /** Whether it is a member of its group and fetches. */
  readonly isRunning: boolean;
  /** How often it had to be started again. */
  readonly restarts: number;
  /** Why it last ended; null when it never did. */
  readonly failure: string | null;
}

/** Messages after which progress is committed, within a batch. */
const commitEvery = 64;

/** How long one that is to end may take to finish what it began. */
const joinWithinMs = 3_000;

/**
 * Keeps a consumer alive until it is stopped. kafkajs ends one for good on what it calls unrecoverable (a TypeError, an
 * answer it does not know), and may fall silent: here any end, whatever its reason, is followed by a new consumer that goes
 * on from the committed offsets, after a growing pause of at most 5 s.
 */
export class SupervisedConsumer {
  private readonly stopping = createStop();
  private readonly onError: (error: unknown) => void;
  private isRunning = false;
  private restarts = 0;
  private failure: string | null = null;
  private failuresInARow = 0;
  private lastSign = 0;
  private readonly handling = new Set<Promise<unknown>>();
  private readonly ended: Promise<void>;

  /** Starts at once, and goes on trying when no broker can be reached. */
  constructor(private readonly options: SupervisedConsumerOptions) {
    this.onError = guarded(options.onError);
    this.ended = this.supervise();
  }

  state(): ConsumerState {
    const { isRunning, restarts, failure } = this;
    return { group: this.options.group, isRunning, restarts, failure };
  }

  /** Resolves when no batch is being handled and none will be. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private async supervise(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const failure = await this.live();
      this.isRunning = false;
      if (this.stopping.signal.aborted) return;
      this.failure = reasonOf(failure);
      this.restarts += 1;
      this.onError(failure);
      await pause(pauseAfter(++this.failuresInARow), this.stopping.signal);
    }
  }

  /** One consumer's life. Resolves with why it ended, when nothing of it runs any more; never throws. */
  private async live(): Promise<unknown> {
    const over = createStop();
    const { signal } = this.stopping;
    signal.addEventListener('abort', () => over.abort(signal.reason), { signal: over.signal });
    try {
      return await this.liveUntil(over);
    } catch (error) {
      return error;
    } finally {
      over.abort();
    }
  }

  private async liveUntil(over: AbortController): Promise<unknown> {
    this.options.onStart?.();
    const consumer = this.options.make();
    const death = this.deathOf(consumer, over.signal);
    const begun = this.begin(consumer, over.signal);
    const failure = await Promise.race([death, begun.then(() => death)]).catch((error: unknown) => error);
    over.abort();
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
      consumer.on('consumer.fetch', () => this.noteProgress());
      consumer.on('consumer.heartbeat', () => this.noteSign());
      this.watch(resolve, over);
    });
  }

  private watch(resolve: (failure: Error) => void, over: AbortSignal): void {
    const { silenceMs, group } = this.options;
    this.noteSign();
    const watchdog = setInterval(() => {
      if (performance.now() - this.lastSign < silenceMs) return;
      resolve(new Error(`the consumer of ${group} gave no sign of life for ${silenceMs} ms`));
    }, silenceMs / 10);
    over.addEventListener('abort', () => clearInterval(watchdog));
  }

  private noteSign(): void {
    this.lastSign = performance.now();
  }

  /** A fetch that came back: the consumer is in its group, and what failed before is over. */
  private noteProgress(): void {
    this.noteSign();
    this.isRunning = true;
    this.failuresInARow = 0;
  }
}

/** A consumer that is ended while it joins its group would join all the same, and keep its share of the work to itself. */
const end = async (consumer: SupervisedClient, begun: Promise<void>): Promise<void> => {
  const settled = begun.catch(() => undefined);
  const isLate = await within(joinWithinMs, 'Joining', settled).catch(() => true);
  await disconnect(consumer);
  if (isLate) void settled.then(() => disconnect(consumer));
};
