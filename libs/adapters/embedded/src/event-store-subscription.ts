import type { Position, RecordedEvent, SubscribeOptions, Subscription } from '@pim/engine';
import { setImmediate, setTimeout } from 'node:timers/promises';

/** Events after a position in the order of the log, as many as fit one page; empty when there are none yet. */
export type ReadPage = (after: Position) => readonly RecordedEvent[];

const firstPauseMs = 10;
const longestPauseMs = 5_000;

/** One reader of the log: sleeps until woken, hands over one event at a time, and tries a failed one again. */
export class LogSubscription implements Subscription {
  private readonly stopping = new AbortController();
  private readonly ended: Promise<void>;
  private after: Position;
  private pauseMs = firstPauseMs;
  private wakeUp: () => void = () => undefined;

  constructor(
    private readonly options: SubscribeOptions,
    private readonly readPage: ReadPage,
    private readonly handle: (event: RecordedEvent) => Promise<void>,
  ) {
    this.after = options.after === 'start' ? 0n : options.after;
    this.ended = this.run();
  }

  /** Says that an event of this category was recorded. */
  wake(category: string): void {
    if (this.options.categories?.includes(category) ?? true) this.wakeUp();
  }

  /** Do not await it inside the handler: it waits for the handler. */
  stop(): Promise<void> {
    this.stopping.abort();
    this.wakeUp();
    return this.ended;
  }

  private get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      // Between pages other work gets its turn; without this a long catch-up would hold up every append.
      await setImmediate();
      const page = await this.nextPage();
      for (const event of page) await this.deliver(event);
    }
  }

  private async nextPage(): Promise<readonly RecordedEvent[]> {
    try {
      const page = this.stopped ? [] : this.readPage(this.after);
      // Nothing can be recorded between that read and this promise, so no wake-up is lost.
      if (page.length === 0 && !this.stopped) await new Promise<void>((resolve) => (this.wakeUp = resolve));
      return page;
    } catch (error) {
      await this.failed(error, null);
      return [];
    }
  }

  private async deliver(event: RecordedEvent): Promise<void> {
    while (!this.stopped && this.after < event.position) {
      try {
        await this.handle(event);
        this.after = event.position;
        this.pauseMs = firstPauseMs;
      } catch (error) {
        await this.failed(error, event);
      }
    }
  }

  private async failed(error: unknown, event: RecordedEvent | null): Promise<void> {
    try {
      this.options.onError?.(error, event);
    } catch {
      // Whoever listens to failures must not be able to end the subscription by failing, too.
    }
    const pause = this.pauseMs;
    this.pauseMs = Math.min(pause * 2, longestPauseMs);
    await setTimeout(pause, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
