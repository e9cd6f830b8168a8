import { checkFilter, checkQuery, copyOf, type Documents, type Filter, type Query, type Stored } from '@pim/engine';
import { Collection } from './documents-collection';
import { firstRows } from './documents-order';

/**
 * Read models in the memory of this process; they are gone when it ends. `get` and `put` cost the same however large a
 * collection is; a query costs what its most selective equality leaves over. Filters outside the port's subset throw.
 */
export const embeddedDocuments = (): Documents => new EmbeddedDocuments();

class EmbeddedDocuments implements Documents {
  readonly isLasting = false;
  private readonly collections = new Map<string, Collection>();

  async get<D extends object>(collection: string, id: string): Promise<Stored<D> | null> {
    const found = this.named(collection).get(id);
    if (!found) return null;
    const { position, ...rest } = found;
    return { ...copyOf(rest), position } as Stored<D>;
  }

  async put<D extends object>(collection: string, id: string, stored: Stored<D>): Promise<void> {
    const { position, ...rest } = stored;
    const target = this.named(collection);
    if (!target.isNewer(id, position)) return;
    const { document, seen } = copyOf(rest);
    target.put(id, { document, seen, position });
  }

  async find<D extends object>(collection: string, query: Query): Promise<readonly D[]> {
    const { filter, sort, skip, limit } = checkQuery(query);
    const rows = firstRows(this.named(collection).matching(filter), sort, skip + limit);
    return rows.slice(skip).map(({ document }) => copyOf(document) as D);
  }

  async count(collection: string, filter: Filter): Promise<number> {
    checkFilter(filter);
    return this.named(collection).count(filter);
  }

  /** Nothing to do: fields are indexed when they are first looked for, and an order is found in one pass. */
  async index(): Promise<void> {}

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
