import { canonicalJson } from '@pim/kernel';
import {
  AppendTooLarge,
  categoryOf,
  WrongRevision,
  type Appended,
  type EventMetadata,
  type Expected,
  type NewEvent,
  type Position,
  type ReadAllOptions,
  type ReadOptions,
  type RecordedEvent,
  type Revision,
} from '../ports/event-store';
import { maxAppendBytes } from '../ports/event-store-checks';

/** The events of an in-memory store. It outlives the store, as a data folder would, and may be opened again. */
export class InMemoryLog {
  private readonly events: RecordedEvent[] = [];
  private readonly streams = new Map<string, RecordedEvent[]>();

  append(stream: string, events: readonly NewEvent[], expected: Expected): Appended {
    checkAppend(stream, events);
    const recorded = this.streams.get(stream) ?? [];
    const last = recorded.at(-1);
    const repeated = answerTo(recorded, events, expected);
    if (repeated) return repeated;
    if (!isMet(expected, recorded) || isKnownInPart(recorded, events, expected))
      throw new WrongRevision(stream, expected, last?.revision ?? 'no-stream');
    this.streams.set(stream, recorded);
    for (const event of events) {
      const place = { stream, revision: recorded.length, position: BigInt(this.events.length + 1) };
      const stored = { ...stripped(event), ...place, recordedAt: new Date().toISOString() };
      recorded.push(stored);
      this.events.push(stored);
    }
    return placeOf(recorded.at(-1));
  }

  read(stream: string, { from, direction = 'forwards', limit = Infinity }: ReadOptions): readonly RecordedEvent[] {
    const recorded = this.streams.get(stream) ?? [];
    if (direction === 'forwards') return recorded.slice(from ?? 0, (from ?? 0) + limit);
    return recorded
      .slice(0, (from ?? recorded.length) + 1)
      .reverse()
      .slice(0, limit);
  }

  readAll({ after, limit, categories }: ReadAllOptions): readonly RecordedEvent[] {
    const found: RecordedEvent[] = [];
    for (let at = after === 'start' ? 0 : Number(after); at < this.events.length && found.length < limit; at++) {
      const event = this.events[at];
      if (event && (categories?.includes(categoryOf(event.stream)) ?? true)) found.push(event);
    }
    return found;
  }

  head(): Position {
    return BigInt(this.events.length);
  }
}

const placeOf = (event: RecordedEvent | undefined): Appended => ({
  revision: event?.revision ?? -1,
  position: event?.position ?? 0n,
});

/** A copy as it would come back from a disk. */
const stripped = (event: NewEvent): NewEvent => ({
  ...event,
  data: JSON.parse(canonicalJson(event.data)) as object,
  metadata: JSON.parse(canonicalJson(event.metadata)) as EventMetadata,
});

const checkAppend = (stream: string, events: readonly NewEvent[]): void => {
  if (!/^[^-]+-./s.test(stream)) throw new RangeError(`"${stream}" is not a stream name. Write <category>-<id>.`);
  if (events.some(({ id, type }) => !id || !type)) throw new RangeError('An event needs an id and a type.');
  const bytes = events.reduce((sum, { data, metadata }) => sum + canonicalJson([data, metadata]).length, 0);
  if (bytes > maxAppendBytes) throw new AppendTooLarge(stream, bytes, maxAppendBytes);
};

const isMet = (expected: Expected, { length }: readonly RecordedEvent[]): boolean => {
  if (expected === 'any') return true;
  if (expected === 'stream-exists') return length > 0;
  return length - 1 === (expected === 'no-stream' ? -1 : expected);
};

/** The first answer, when these very events were recorded under this expectation before. */
const answerTo = (
  recorded: readonly RecordedEvent[],
  events: readonly NewEvent[],
  expected: Expected,
): Appended | null => {
  if (events.length === 0) return isMet(expected, recorded) ? placeOf(recorded.at(-1)) : null;
  const from = firstRevision(recorded, events, expected);
  const isRepeated = from >= 0 && events.every(({ id }, n) => recorded[from + n]?.id === id);
  return isRepeated ? placeOf(recorded[from + events.length - 1]) : null;
};

const firstRevision = (
  recorded: readonly RecordedEvent[],
  events: readonly NewEvent[],
  expected: Expected,
): Revision => {
  if (typeof expected === 'number') return expected + 1;
  if (expected === 'no-stream') return 0;
  return recorded.findLastIndex(({ id }) => id === events[0]?.id);
};

const isKnownInPart = (
  recorded: readonly RecordedEvent[],
  events: readonly NewEvent[],
  expected: Expected,
): boolean => {
  if (expected !== 'any' && expected !== 'stream-exists') return false;
  const ids = new Set(recorded.map(({ id }) => id));
  return events.some(({ id }) => ids.has(id));
};
