import type { Position } from '@pim/engine';

/** No event of these categories lies behind `after`, up to and including `to`. */
interface QuietRange {
  readonly after: Position;
  readonly to: Position;
}

/**
 * Remembers where the log holds nothing of some categories. The server finds a category by looking through the log;
 * whoever asks again and again whether a rare one has news would otherwise have it look through the same part each time.
 */
export class QuietRanges {
  private readonly ranges = new Map<string, QuietRange>();

  /** Where a reading that should begin after this position may begin instead. */
  skip(categories: readonly string[] | undefined, after: Position): Position {
    const range = this.ranges.get(keyOf(categories));
    return range && range.after <= after && after < range.to ? range.to : after;
  }

  /** A reading has shown that there is nothing of these categories in between. */
  note(categories: readonly string[] | undefined, range: QuietRange): void {
    if (range.after < range.to) this.ranges.set(keyOf(categories), range);
  }
}

const keyOf = (categories: readonly string[] | undefined): string =>
  JSON.stringify(categories ? [...categories].sort() : null);
