import { canonicalJson } from '@pim/kernel';
import { AppendTooLarge, categoryOf, WrongRevision, type Appended, type Expected, type NewEvent } from '@pim/engine';

/** EventStoreDB's limit for one append, in bytes: data, metadata and twice the length of each type. */
export const maxAppendBytes = 1_048_576;

/** An event as it will be stored: data and metadata are canonical JSON. */
export interface PreparedEvent extends Omit<NewEvent, 'data' | 'metadata'> {
  readonly data: string;
  readonly metadata: string;
}

/** An append that nothing but the state of its stream, or the disk, can refuse any more. */
export interface PreparedAppend {
  readonly stream: string;
  readonly category: string;
  readonly expected: Expected;
  readonly events: readonly PreparedEvent[];
}

/** What an append needs to know of the log to be judged. */
export interface StreamLog {
  lastOf(stream: string): Appended | null;
  idsFrom(stream: string, revision: number, count: number): readonly (Appended & { readonly id: string })[];
  revisionsOf(stream: string, ids: readonly string[]): ReadonlyMap<string, number>;
}

/** Append after this revision; or it was appended before, with this answer; or it must be refused. */
export type Verdict =
  | { readonly kind: 'append'; readonly after: number }
  | { readonly kind: 'answer'; readonly answer: Appended }
  | { readonly kind: 'refuse'; readonly error: WrongRevision };

/**
 * Checks an append by itself and fixes its bytes. Throws a `RangeError` or `TypeError` that says what to change: such
 * an append can never succeed.
 */
export const prepareAppend = (stream: string, events: readonly NewEvent[], expected: Expected): PreparedAppend => {
  checkName('a stream name', stream);
  if (!/^[^-]+-./s.test(stream))
    throw new RangeError(`"${stream}" is not a stream name. Write <category>-<id>, such as request-42.`);
  if (typeof expected === 'number' && !(Number.isSafeInteger(expected) && expected >= 0))
    throw new RangeError(
      `${stream}: ${expected} is not a revision. Revisions start at 0; say 'no-stream' before the first.`,
    );
  const prepared = events.map((event) => prepareEvent(stream, event));
  const bytes = prepared.reduce((sum, event) => sum + bytesOf(event), 0);
  if (bytes > maxAppendBytes) throw new AppendTooLarge(stream, bytes, maxAppendBytes);
  return { stream, category: categoryOf(stream), expected, events: prepared };
};

/** Judges an append against the log as it is now (infrastructure §3.5). Reads, never writes. */
export const judge = (log: StreamLog, ask: PreparedAppend): Verdict => {
  const last = log.lastOf(ask.stream);
  const current = last?.revision ?? -1;
  switch (ask.expected) {
    case 'stream-exists':
      return last ? judgeByIds(log, ask, last) : refuse(ask, current);
    case 'any':
      return judgeByIds(log, ask, last);
    default:
      return judgeByRevision(log, ask, current);
  }
};

const judgeByRevision = (log: StreamLog, ask: PreparedAppend, current: number): Verdict => {
  const wanted = typeof ask.expected === 'number' ? ask.expected : -1;
  return wanted === current ? accept(log, ask, current) : repeatFrom(log, ask, wanted + 1, current);
};

const judgeByIds = (log: StreamLog, ask: PreparedAppend, last: Appended | null): Verdict => {
  const current = last?.revision ?? -1;
  const known = last
    ? log.revisionsOf(
        ask.stream,
        ask.events.map((event) => event.id),
      )
    : new Map<string, number>();
  if (known.size === 0) return accept(log, ask, current);
  const first = known.get(ask.events[0]?.id ?? '');
  return first === undefined ? refuse(ask, current) : repeatFrom(log, ask, first, current);
};

const accept = (log: StreamLog, ask: PreparedAppend, current: number): Verdict =>
  ask.events.length > 0
    ? { kind: 'append', after: current }
    : { kind: 'answer', answer: log.lastOf(ask.stream) ?? { revision: -1, position: 0n } };

/** A retry is honoured when its ids are exactly those recorded from `revision` on; anything else came too late. */
const repeatFrom = (log: StreamLog, ask: PreparedAppend, revision: number, current: number): Verdict => {
  const recorded = log.idsFrom(ask.stream, revision, ask.events.length);
  const last = recorded.at(-1);
  const same = ask.events.every(({ id }, n) => id === recorded[n]?.id);
  if (!last || !same) return refuse(ask, current);
  return { kind: 'answer', answer: { revision: last.revision, position: last.position } };
};

const refuse = ({ stream, expected }: PreparedAppend, current: number): Verdict => ({
  kind: 'refuse',
  error: new WrongRevision(stream, expected, current < 0 ? 'no-stream' : current),
});

const prepareEvent = (stream: string, { id, type, version, data, metadata }: NewEvent): PreparedEvent => {
  checkName(`${stream}: the id of an event`, id);
  checkName(`${stream}: the type of an event`, type);
  if (!Number.isSafeInteger(version) || version < 1)
    throw new RangeError(`${stream}: ${type} has version ${version}. Schema versions are whole numbers from 1.`);
  return { id, type, version, data: canonicalJson(data), metadata: canonicalJson(metadata) };
};

/** The database would cut a name at a NUL and replace a lone surrogate, so that it read back as another name. */
const checkName = (what: string, name: string): void => {
  if (!name || name.includes('\0') || !name.isWellFormed())
    throw new RangeError(`${what} must be well-formed text of at least one character, without NUL.`);
};

const bytesOf = ({ type, data, metadata }: PreparedEvent): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata) + 2 * type.length;
