import { checkFilter, checkQuery, type Documents, type Filter, type Order, type Query, type Stored } from '@pim/engine';
import { inBatches } from './batches';
import type { IndexKeys, Mongo, Row } from './mongo';
import { fromRow, inRow, ofRows, toRow } from './rows';

/** What is known about one collection, and its batches. */
interface Known {
  readonly get: (id: string) => Promise<Row | undefined>;
  readonly put: (row: Row) => Promise<void>;
}

/** Read models in MongoDB. What is asked for in the same breath goes there in one message. */
export class MongoDocuments implements Documents {
  readonly isLasting = true;
  private readonly known = new Map<string, Known>();
  private readonly orders = new Map<string, readonly Order[]>();
  private readonly indexed = new Map<string, Promise<void>>();

  constructor(private readonly mongo: Mongo) {}

  async get<D extends object>(collection: string, id: string): Promise<Stored<D> | null> {
    const row = await this.named(collection).get(id);
    return row ? (fromRow(row) as Stored<D>) : null;
  }

  async put<D extends object>(collection: string, id: string, stored: Stored<D>): Promise<void> {
    await this.named(collection).put(toRow(id, stored));
  }

  async find<D extends object>(collection: string, query: Query): Promise<readonly D[]> {
    const { filter, sort, skip, limit } = checkQuery(query);
    // MongoDB takes 0 for "no limit".
    if (limit === 0) return [];
    const found = await this.mongo.find(collection, { filter: ofRows(filter), sort: byRow(sort), skip, limit });
    return found as readonly D[];
  }

  async count(collection: string, filter: Filter): Promise<number> {
    checkFilter(filter);
    return this.mongo.count(collection, ofRows(filter));
  }

  async drop(collection: string): Promise<void> {
    this.indexed.delete(collection);
    await this.mongo.drop(collection);
  }

  async index(collection: string, orders: readonly Order[]): Promise<void> {
    this.orders.set(collection, orders);
    this.indexed.delete(collection);
    await this.ensureIndexes(collection);
  }

  /** Makes and checks the indexes of a collection, once until it is dropped or to be indexed anew. */
  private ensureIndexes(collection: string): Promise<void> {
    const known = this.indexed.get(collection);
    if (known) return known;
    const orders = this.orders.get(collection) ?? [];
    const made = this.mongo.ensureIndexes(collection, [everyField, ...orders.map(byRow)]);
    this.indexed.set(collection, made);
    made.catch(() => this.indexed.delete(collection));
    return made;
  }

  private named(collection: string): Known {
    const known = this.known.get(collection) ?? this.batches(collection);
    this.known.set(collection, known);
    return known;
  }

  private batches(collection: string): Known {
    return {
      get: inBatches(async (ids) => {
        const rows = new Map((await this.mongo.rows(collection, [...new Set(ids)])).map((row) => [row._id, row]));
        return ids.map((id) => rows.get(id));
      }),
      put: inBatches(async (rows) => {
        await this.ensureIndexes(collection);
        await this.mongo.write(collection, rows);
        return [];
      }),
    };
  }
}

/** Finds a document by any of its fields, as the embedded read models do. */
const everyField: IndexKeys = [['document.$**', 1]];

/** Ties are broken by id, ascending. A path named twice counts where it is named first. */
const byRow = (sort: Order): IndexKeys => {
  const paths = sort.map(([path]) => path);
  const keys = sort.filter(([path], at) => paths.indexOf(path) === at);
  return [...keys.map(([path, direction]) => [inRow(path), direction] as const), ['_id', 1]];
};
