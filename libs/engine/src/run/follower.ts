import { setImmediate } from 'node:timers/promises';
import type { Position, RecordedEvent, Subscription } from '../ports/event-store';
import { createStop, guarded, persist } from './persist';
import { Progress, startingAt, type Lag, type LogReader } from './progress';

export interface FollowerOptions {
  /** For messages: whose loop this is. */
  readonly name: string;
  readonly eventStore: LogReader;
  readonly categories: readonly string[];
  /** After which event to begin; without it, at the first. Asked again until it answers. */
  readonly startAfter?: (() => Promise<Position>) | undefined;
  /**
   * Whether to look, while an event is taken, for others behind it, and to take those together: where one event takes a
   * journey over the network, many at once take no more.
   */
  readonly readsAhead?: boolean;
  /** Told of every failure; the same events are then tried again. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A reader of the log, from its beginning or from where it had come: in pages until it has caught up, then event by event as they come. */
export interface Follower {
  /** Resolves when everything in the log at the time of the call was taken; rejects when the follower is stopped first. */
  caughtUp(): Promise<void>;
  /** Resolves when the end of the log was reached for the first time; rejects when the follower is stopped first. */
  ready(): Promise<void>;
  position(): Position;
  /** What it has not taken yet; rejects when the log cannot be read. */
  lag(): Promise<Lag>;
  /** Resolves when nothing more will be taken. */
  stop(): Promise<void>;
}

/** Events read at once while catching up; each may be as large as an append. */
const pageSize = 256;

/**
 * Hands every event of some categories to `take`, in the order of the log and never two calls at a time. A `take` that
 * throws gets the same events again after a pause, so it must bear events it has seen.
 */
export const startFollower = (
  options: FollowerOptions,
  take: (events: readonly RecordedEvent[]) => Promise<void>,
): Follower => {
  const { eventStore, categories } = options;
  const loop = new FollowerLoop(options, take);
  const running = loop.run();
  return {
    caughtUp: () => loop.progress.reachHead(eventStore, categories),
    ready: () => loop.ready,
    position: () => loop.progress.position,
    lag: () => loop.progress.lag(eventStore, categories),
    stop: async () => {
      await loop.stop();
      await running;
    },
  };
};

class FollowerLoop {
  readonly progress = new Progress(0n);
  readonly ready: Promise<void>;
  private readonly stopping = createStop();
  private readonly onError: (error: unknown) => void;
  private becomeReady: () => void = () => undefined;
  private subscription: Subscription | null = null;

  constructor(
    private readonly options: FollowerOptions,
    private readonly take: (events: readonly RecordedEvent[]) => Promise<void>,
  ) {
    this.onError = guarded(options.onError);
    this.ready = new Promise((resolve, reject) => {
      this.becomeReady = resolve;
      this.stopping.signal.addEventListener('abort', () => reject(stopped(options.name)));
    });
    // Nobody has to wait for it.
    this.ready.catch(() => undefined);
  }

  async run(): Promise<void> {
    const perseverance = { signal: this.stopping.signal, onError: this.onError };
    if (!(await persist(() => this.start(), perseverance))) return;
    if (!(await persist(() => this.catchUp(), perseverance))) return;
    if (this.stopping.signal.aborted) return;
    this.becomeReady();
    await persist(() => this.subscribe(), perseverance);
    if (this.stopping.signal.aborted) await this.subscription?.stop();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.subscription?.stop();
    this.progress.end(stopped(this.options.name));
  }

  private async start(): Promise<void> {
    const { startAfter } = this.options;
    if (startAfter) this.progress.advance(await startAfter());
  }

  private async catchUp(): Promise<void> {
    const { eventStore, categories } = this.options;
    while (!this.stopping.signal.aborted) {
      const after = startingAt(this.progress.position);
      const page = await eventStore.readAll({ after, limit: pageSize, categories });
      const last = page.at(-1);
      if (!last) return;
      await this.takeAll(page, last.position);
      // Between pages other work gets its turn.
      await setImmediate();
    }
  }

  private async subscribe(): Promise<void> {
    const { eventStore, categories } = this.options;
    const after = startingAt(this.progress.position);
    this.subscription = await eventStore.subscribe({ after, categories, onError: this.onError }, (event) =>
      this.options.readsAhead ? this.takeAhead(event) : this.takeAll([event], event.position),
    );
  }

  /** Takes an event and whatever is behind it by then, until there is nothing. */
  private async takeAhead(event: RecordedEvent): Promise<void> {
    const { eventStore, categories } = this.options;
    if (event.position <= this.progress.position) return;
    for (let page: readonly RecordedEvent[] = [event]; !this.stopping.signal.aborted;) {
      const last = page.at(-1);
      if (!last) return;
      const [ahead] = await Promise.all([
        eventStore.readAll({ after: last.position, limit: pageSize, categories }),
        this.takeAll(page, last.position),
      ]);
      page = ahead;
    }
  }

  private async takeAll(events: readonly RecordedEvent[], last: Position): Promise<void> {
    await this.take(events);
    this.progress.advance(last);
  }
}

const stopped = (name: string): Error =>
  new Error(`${name} was stopped before it caught up. Ask again after a restart.`);
