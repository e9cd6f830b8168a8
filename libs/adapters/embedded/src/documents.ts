import type { Documents, Filter, Query, Stored } from '@pim/engine';
import { Collection } from './documents-collection';
import { checkFilter, checkPath } from './documents-filter';
import { copyOf } from './documents-json';
import { firstRows } from './documents-order';

/**
 * Read models in the memory of this process; they are gone when it ends. `get` and `put` cost the same however large a
 * collection is; a query costs what its most selective equality leaves over. Filters outside the port's subset throw.
 */
export const embeddedDocuments = (): Documents => new EmbeddedDocuments();

class EmbeddedDocuments implements Documents {
  private readonly collections = new Map<string, Collection>();

  async get<D extends object>(collection: string, id: string): Promise<Stored<D> | null> {
    return copyOf(this.named(collection).get(id)) as Stored<D> | null;
  }

  async put<D extends object>(collection: string, id: string, stored: Stored<D>): Promise<void> {
    const { document, seen } = copyOf(stored);
    this.named(collection).put(id, { document, seen });
  }

  async find<D extends object>(collection: string, { filter, sort = [], ...window }: Query): Promise<readonly D[]> {
    checkFilter(filter);
    for (const [path] of sort) checkPath(path);
    const [skip, limit] = [whole('skip', window.skip ?? 0), whole('limit', window.limit ?? Infinity)];
    const rows = firstRows(this.named(collection).matching(filter), sort, skip + limit);
    return rows.slice(skip).map(({ document }) => copyOf(document) as D);
  }

  async count(collection: string, filter: Filter): Promise<number> {
    checkFilter(filter);
    return this.named(collection).count(filter);
  }

  async drop(collection: string): Promise<void> {
    this.collections.delete(collection);
  }

  private named(name: string): Collection {
    const known = this.collections.get(name);
    if (known) return known;
    const collection = new Collection();
    this.collections.set(name, collection);
    return collection;
  }
}

const whole = (name: string, value: number): number => {
  if (value === Infinity || (Number.isSafeInteger(value) && value >= 0)) return value;
  throw new RangeError(`${name} is ${value}. Give a whole number from 0.`);
};
