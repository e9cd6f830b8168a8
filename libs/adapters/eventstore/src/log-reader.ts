import type { Position, RecordedEvent } from '@pim/engine';
import type { Connection } from './connection';
import type { Feed } from './feed';
import { askUntilAnswered, type Patience } from './perseverance';
import { QuietRanges } from './quiet-ranges';
import { isSystemEvent, toRecorded } from './recorded-event';

/** What is asked of the whole log. */
export interface LogQuestion {
  readonly after: Position;
  readonly limit: number;
  readonly categories: readonly string[] | undefined;
}

/** Reads the log of all streams in its order. */
export class LogReader {
  private readonly quiet = new QuietRanges();
  /** The furthest position known to be in the log. */
  private known: Position = 0n;

  constructor(
    private readonly connection: Connection,
    private readonly patience: Patience,
  ) {}

  /** The log has an event here. */
  learn(position: Position): void {
    if (position > this.known) this.known = position;
  }

  /** Position of the last event that is not the server's own; 0 when there is none. */
  async head(): Promise<Position> {
    for (let limit = 1; ; limit *= 32) {
      const page = await askUntilAnswered(this.patience, (ms) => this.connection.readLogBackwards(limit, ms));
      const last = page.find((event) => !isSystemEvent(event));
      if (!last && page.length === limit) continue;
      const position = last ? toRecorded(last).position : 0n;
      this.learn(position);
      return position;
    }
  }

  /**
   * The client cannot read the log filtered, only subscribe to it filtered; so this is a subscription that is given up
   * at the limit or at the end of the log.
   */
  read(question: LogQuestion): Promise<readonly RecordedEvent[]> {
    return askUntilAnswered(this.patience, async (ms) => {
      const { after, categories } = question;
      const end = this.known;
      const feed = this.connection.follow(this.quiet.skip(categories, after), categories);
      try {
        const { events, isEnd } = await take(feed, question.limit, ms);
        if (isEnd) this.quiet.note(categories, { after: events.at(-1)?.position ?? after, to: end });
        return events;
      } finally {
        feed.close();
      }
    });
  }
}

const take = async (feed: Feed, limit: number, idleMs: number) => {
  const events: RecordedEvent[] = [];
  while (events.length < limit) {
    const item = await feed.next(idleMs);
    if (!item) throw new Error(`no answer within ${idleMs} ms`);
    if (item.kind === 'caught-up') return { events, isEnd: true };
    if (item.kind === 'event') events.push(item.event);
  }
  return { events, isEnd: false };
};
