import type { Recorded } from './log';

/** What came to a subscriber that reads every topic of events from its beginning. */
export class Deliveries {
  private readonly counts = new Map<string, number>();
  /** By stream, in the order in which they came first. */
  private readonly firsts = new Map<string, Set<number>>();

  note({ id, stream, revision }: Recorded): void {
    this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
    this.firsts.set(stream, (this.firsts.get(stream) ?? new Set()).add(revision));
  }

  /** Ids of what is recorded and did not come, or came less often than it should have. */
  missing(log: readonly Recorded[], times = 1): readonly string[] {
    return log.map(({ id }) => id).filter((id) => (this.counts.get(id) ?? 0) < times);
  }

  /** Streams whose events did not come in their order; repetitions may come at any time. */
  outOfOrder(): readonly string[] {
    const isInOrder = (revisions: ReadonlySet<number>): boolean =>
      [...revisions].every((revision, n) => revision === n);
    return [...this.firsts].filter(([, revisions]) => !isInOrder(revisions)).map(([stream]) => stream);
  }
}
