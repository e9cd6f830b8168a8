import type { Position, RecordedEvent } from '@pim/engine';

/** What a subscription of the server tells, in the order of the log. */
export type FeedItem =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** Nothing more is to come up to this position. */
  | { readonly kind: 'checkpoint'; readonly position: Position }
  /** Everything that was in the log when the subscription began was told. */
  | { readonly kind: 'caught-up' };

/** The stream that fills a feed. */
export interface FeedSource {
  pause(): void;
  resume(): void;
  close(): void;
}

/** Items held at most before the source is paused; each may be as large as an append. */
const room = 64;

/**
 * One subscription of the server as a queue. The client tells of checkpoints and of having caught up past the events
 * it still holds back; a feed puts them behind those events, so that taking a checkpoint at its word loses nothing.
 */
export class Feed {
  private readonly items: FeedItem[] = [];
  private readonly marks: { readonly due: number; readonly item: FeedItem }[] = [];
  private readonly source: FeedSource;
  private arrived = 0;
  private ended: Error | null = null;
  private wakeUp: () => void = () => undefined;

  constructor(open: (feed: Feed) => FeedSource) {
    this.source = open(this);
  }

  /** An event left the source; null for one that nobody wants. */
  event(event: RecordedEvent | null): void {
    this.arrived += 1;
    if (event) this.put({ kind: 'event', event });
    this.releaseMarks();
  }

  /** The source said this when it still held back so many events. */
  mark(item: FeedItem, heldBack: number): void {
    this.marks.push({ due: this.arrived + heldBack, item });
    this.releaseMarks();
  }

  /** Nothing more will come. What came before is still given out. */
  end(reason: Error): void {
    this.ended ??= reason;
    this.wakeUp();
  }

  /** The next item; null when none came for so many milliseconds. Throws why the feed ended, once it is empty. */
  async next(silenceMs: number): Promise<FeedItem | null> {
    if (this.items.length === 0 && !this.ended) await this.arrival(silenceMs);
    const item = this.items.shift();
    if (!item && this.ended) throw this.ended;
    if (this.items.length === 0) this.source.resume();
    return item ?? null;
  }

  /** Gives the subscription up. */
  close(): void {
    this.end(new Error('The subscription was closed.'));
    this.source.close();
  }

  private releaseMarks(): void {
    for (let first = this.marks[0]; first && first.due <= this.arrived; first = this.marks[0]) {
      this.marks.shift();
      this.put(first.item);
    }
  }

  private put(item: FeedItem): void {
    this.items.push(item);
    if (this.items.length >= room) this.source.pause();
    this.wakeUp();
  }

  private arrival(silenceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, silenceMs);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
