import {
  createStop,
  guarded,
  persist,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
  type Subscription,
} from '@pim/engine';
import type { Feed } from './feed';

/** Begins a subscription of the server behind a position. */
export type OpenFeed = (after: Position) => Feed;

interface Follow {
  readonly options: SubscribeOptions;
  readonly open: OpenFeed;
  readonly handle: (event: RecordedEvent) => Promise<void>;
  /** After so long without a word the server is asked again from where this subscription stands. */
  readonly silenceMs: number;
}

/**
 * One reader of the log over any number of subscriptions of the server: whenever one ends, fails or falls silent, the
 * next begins behind the last event that was handled. Silence is no fault in a log where nothing happens, so it is told
 * only of a server that does not even answer the new subscription.
 */
export class FeedSubscription implements Subscription {
  private readonly stopping = createStop();
  private readonly tell: (error: unknown, event: RecordedEvent | null) => void;
  private readonly ended: Promise<void>;
  private after: Position;
  private feed: Feed | null = null;

  constructor(private readonly follow: Follow) {
    const { after, onError } = follow.options;
    this.after = after === 'start' ? 0n : after;
    const listener = guarded(onError);
    this.tell = (error, event) => {
      if (!this.stopped) listener(error, event);
    };
    this.ended = this.run();
  }

  /** Do not await it inside the handler: it waits for the handler. */
  stop(): Promise<void> {
    this.stopping.abort();
    this.feed?.close();
    return this.ended;
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.stopped)
      await persist(() => this.readOn(), {
        signal: this.stopping.signal,
        onError: (error) => this.tell(error, null),
      });
  }

  private async readOn(): Promise<void> {
    const feed = this.follow.open(this.after);
    this.feed = feed;
    try {
      await this.takeAll(feed);
    } finally {
      feed.close();
    }
  }

  private async takeAll(feed: Feed): Promise<void> {
    for (let hasAnswered = false; !this.stopped; hasAnswered = true) {
      const item = await feed.next(this.follow.silenceMs);
      if (!item && hasAnswered) return;
      if (!item) throw new Error(`The event store did not answer a subscription within ${this.follow.silenceMs} ms.`);
      if (item.kind === 'event') await this.deliver(item.event);
      if (item.kind === 'checkpoint' && item.position > this.after) this.after = item.position;
    }
  }

  private async deliver(event: RecordedEvent): Promise<void> {
    if (event.position <= this.after) return;
    const isHandled = await persist(async () => this.follow.handle(event), {
      signal: this.stopping.signal,
      onError: (error) => this.tell(error, event),
    });
    if (isHandled) this.after = event.position;
  }
}
