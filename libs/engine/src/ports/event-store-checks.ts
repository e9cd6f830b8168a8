import { canonicalJson } from '@pim/kernel';
import { AppendTooLarge, categoryOf, type Expected, type NewEvent } from './event-store';

/** EventStoreDB's limit for one append, in bytes: data, metadata and twice the length of each type. */
export const maxAppendBytes = 1_048_576;

/** An event as it will be stored: data and metadata are canonical JSON. */
export interface PreparedEvent extends Omit<NewEvent, 'data' | 'metadata'> {
  readonly data: string;
  readonly metadata: string;
}

/** An append that nothing but the state of its stream, or the store, can refuse any more. */
export interface PreparedAppend {
  readonly stream: string;
  readonly category: string;
  readonly expected: Expected;
  readonly events: readonly PreparedEvent[];
  /** What counts against `maxAppendBytes`. */
  readonly bytes: number;
}

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
  return { stream, category: categoryOf(stream), expected, events: prepared, bytes };
};

/** Throws a `RangeError` unless the value is absent or a whole number from 0. */
export const checkWhole = (name: string, value: number | undefined): void => {
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0))
    throw new RangeError(`${name} is ${value}. Give a whole number from 0.`);
};

const prepareEvent = (stream: string, { id, type, version, data, metadata }: NewEvent): PreparedEvent => {
  checkName(`${stream}: the id of an event`, id);
  checkName(`${stream}: the type of an event`, type);
  if (!Number.isSafeInteger(version) || version < 1)
    throw new RangeError(`${stream}: ${type} has version ${version}. Schema versions are whole numbers from 1.`);
  return { id, type, version, data: canonicalJson(data), metadata: canonicalJson(metadata) };
};

/** A store may cut a name at a NUL or replace a lone surrogate, so that it read back as another name. */
const checkName = (what: string, name: string): void => {
  if (!name || name.includes('\0') || !name.isWellFormed())
    throw new RangeError(`${what} must be well-formed text of at least one character, without NUL.`);
};

const bytesOf = ({ type, data, metadata }: PreparedEvent): number =>
  Buffer.byteLength(data) + Buffer.byteLength(metadata) + 2 * type.length;
