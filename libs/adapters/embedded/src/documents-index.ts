import { isScalar, memberOf, type Scalar } from '@pim/engine';

type Key = Exclude<Scalar, null>;

/** The ids under one key. A lone id is kept bare: for a unique field a set per document would cost more than it. */
type Bucket = string | Set<string>;

/**
 * Which documents hold a value at a field path, lists by element. It may name a document too many where a list lies on
 * the way, never one too few. Null is not indexed: too many documents lack a field for that to narrow anything.
 */
export class FieldIndex {
  private readonly buckets = new Map<Key, Bucket>();
  private readonly path: readonly string[];
  private hasLists = false;

  constructor(path: string) {
    this.path = path.split('.');
  }

  /** Whether each document found truly equals the value, so that nothing is left to test. */
  get isExact(): boolean {
    return !this.hasLists;
  }

  /** Follows a document from what it was to what it is; null: it was, or is, not there. */
  replace(id: string, before: object | null, after: object | null): void {
    const [old, fresh] = [this.keysOf(before), this.keysOf(after)];
    for (const key of old) if (!fresh.has(key)) this.remove(key, id);
    for (const key of fresh) if (!old.has(key)) this.add(key, id);
  }

  /** At most so many documents hold one of the values. */
  countOf(values: readonly Key[]): number {
    return values.reduce<number>((sum, value) => sum + sizeOf(this.buckets.get(value)), 0);
  }

  /** The documents that hold one of the values, each once. To be read before anything is replaced. */
  idsOf(values: readonly Key[]): Iterable<string> {
    const found = values.map((value) => idsIn(this.buckets.get(value)));
    return found.length === 1 && found[0] ? found[0] : new Set(found.flatMap((ids) => [...ids]));
  }

  private keysOf(document: object | null): ReadonlySet<Key> {
    const keys = new Set<Key>();
    if (document && reach(document, this.path, 0, keys)) this.hasLists = true;
    return keys;
  }

  private add(key: Key, id: string): void {
    const bucket = this.buckets.get(key);
    if (bucket === undefined) this.buckets.set(key, id);
    else if (typeof bucket === 'string') this.buckets.set(key, new Set([bucket, id]));
    else bucket.add(id);
  }

  private remove(key: Key, id: string): void {
    const bucket = this.buckets.get(key);
    if (typeof bucket === 'object' && bucket.size > 1) bucket.delete(id);
    else this.buckets.delete(key);
  }
}

const sizeOf = (bucket: Bucket | undefined): number => {
  if (bucket === undefined) return 0;
  return typeof bucket === 'string' ? 1 : bucket.size;
};

const idsIn = (bucket: Bucket | undefined): Iterable<string> => {
  if (bucket === undefined) return [];
  return typeof bucket === 'string' ? [bucket] : bucket;
};

/** Collects what the path leads to from its segment `at` on; true when it went through a list. */
const reach = (value: unknown, path: readonly string[], at: number, keys: Set<Key>): boolean => {
  const name = path[at];
  if (Array.isArray(value)) {
    for (const element of value) reach(element, path, at, keys);
    // `a.0` is the first element as well as the member `0` of each.
    if (name !== undefined) reach(memberOf(value, name), path, at + 1, keys);
    return true;
  }
  if (name !== undefined) return reach(memberOf(value, name), path, at + 1, keys);
  if (isScalar(value) && value !== null) keys.add(value);
  return false;
};
