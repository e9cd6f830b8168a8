import type { Bus } from '../ports/bus';
import type { Position, RecordedEvent, Subscription } from '../ports/event-store';
import type { Checkpoints } from '../ports/runtime';
import { CheckpointSaver } from './checkpoint-saver';
import { createStop, guarded, persist } from './persist';
import { Progress, startingAt, type Lag, type LogReader } from './progress';
import { Slots } from './slots';
import { Unacknowledged } from './unacknowledged';

export interface RelayOptions {
  readonly eventStore: LogReader;
  readonly bus: Pick<Bus, 'publish'>;
  readonly checkpoints: Checkpoints;
  /** The checkpoint's name, unique among all relays. */
  readonly name: string;
  /** Of the lease under which it works; 0 where nobody else can. A relay of a smaller fence saves nothing any more. */
  readonly fence?: bigint;
  /** The categories of streams it publishes. */
  readonly categories: readonly string[];
  /** Events being published at the same time, each of another stream. Default 64. */
  readonly inFlight?: number;
  /** Told of every failure; the same thing is then tried again. */
  readonly onError?: (error: unknown) => void;
}

/** Publishes what is recorded. */
export interface Relay {
  /** Resolves when the bus has everything that was in the log at the time of the call; rejects when stopped before. */
  caughtUp(): Promise<void>;
  /** Everything up to here was acknowledged by the bus. */
  position(): Position;
  /** What the bus has not acknowledged yet; rejects when the log cannot be read. */
  lag(): Promise<Lag>;
  /** Lets publishing under way end, gives up what waits for another try, and saves the checkpoint. */
  stop(): Promise<void>;
}

/** How many events may wait behind those of a busy stream, for each one being published. */
const waitingPerFlight = 16;

/**
 * Publishes the events of its categories from its checkpoint on: at least once, those of one stream one after another
 * in their order. Nothing is ever skipped: what the bus does not take is tried again. The checkpoint is saved after what
 * it protects was acknowledged, so a crash means some events come twice. Throws what loading the checkpoint throws.
 */
export const startRelay = async (options: RelayOptions): Promise<Relay> => {
  const from = (await options.checkpoints.load(options.name, options.fence)) ?? 0n;
  const loop = new RelayLoop(options, from);
  await loop.start();
  return {
    caughtUp: () => loop.progress.reachHead(options.eventStore, options.categories),
    position: () => loop.progress.position,
    lag: () => loop.progress.lag(options.eventStore, options.categories),
    stop: () => loop.stop(),
  };
};

class RelayLoop {
  readonly progress: Progress;
  private readonly stopping = createStop();
  private readonly onError: (error: unknown) => void;
  private readonly unacknowledged: Unacknowledged;
  private readonly saver: CheckpointSaver;
  private readonly room: Slots;
  private readonly flights: Slots;
  /** The last event handed over of each stream that has one under way. */
  private readonly tails = new Map<string, Promise<void>>();
  private subscription: Subscription | null = null;

  constructor(
    private readonly options: RelayOptions,
    private readonly from: Position,
  ) {
    const inFlight = options.inFlight ?? 64;
    this.flights = new Slots(inFlight);
    this.room = new Slots(inFlight * waitingPerFlight);
    this.progress = new Progress(from);
    this.unacknowledged = new Unacknowledged(from);
    this.onError = guarded(options.onError);
    const { checkpoints, name, fence } = options;
    this.saver = new CheckpointSaver(
      { checkpoints, name, fence, onError: this.onError, position: () => this.progress.position },
      from,
    );
  }

  async start(): Promise<void> {
    const { eventStore, categories } = this.options;
    this.subscription = await eventStore.subscribe(
      { after: startingAt(this.from), categories, onError: this.onError },
      (event) => this.accept(event),
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.subscription?.stop();
    await Promise.all(this.tails.values());
    await this.saver.finish();
    this.progress.end(
      new Error(`The relay ${this.options.name} was stopped before it caught up. Ask again after a restart.`),
    );
  }

  /** Takes an event over and lets the log go on, unless too many wait already. */
  private async accept(event: RecordedEvent): Promise<void> {
    await this.room.acquire();
    this.unacknowledged.add(event.position);
    const before = this.tails.get(event.stream) ?? Promise.resolve();
    const tail = before.then(() => this.carry(event));
    this.tails.set(event.stream, tail);
    void tail.then(() => {
      if (this.tails.get(event.stream) === tail) this.tails.delete(event.stream);
    });
  }

  private async carry(event: RecordedEvent): Promise<void> {
    await this.flights.acquire();
    const perseverance = { signal: this.stopping.signal, onError: this.onError };
    const isSafe = await persist(() => this.options.bus.publish(event), perseverance);
    this.flights.release();
    this.room.release();
    if (!isSafe) return;
    this.unacknowledged.acknowledge(event.position);
    this.progress.advance(this.unacknowledged.lowWater);
    this.saver.note();
  }
}
