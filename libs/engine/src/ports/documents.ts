import type { Position } from './event-store';

/** A stored read model. `seen` is the last revision of each source stream folded into it. */
export interface Stored<D extends object> {
  /** `null` is a tombstone: the document is gone, but what it has seen is remembered. */
  readonly document: D | null;
  readonly seen: Readonly<Record<string, number>>;
  /** Of the newest event folded into it, in the log. */
  readonly position: Position;
}

/**
 * A subset of MongoDB's query language: field paths with dots, `$and`, `$or`, `$nor`, `$eq`, `$ne`, `$in`, `$nin`,
 * `$gt`, `$gte`, `$lt`, `$lte`, `$regex` with `$options`, `$elemMatch`, `$exists`, `$not`.
 * Comparison with null also matches an absent field.
 */
export type Filter = Readonly<Record<string, unknown>>;

/** Field path and direction, most significant first. Ties are broken by document id, ascending. */
export type Order = readonly (readonly [path: string, direction: 1 | -1])[];

/** By these fields, the most significant first, upwards. */
export const ascending = (...fields: readonly string[]): Order => fields.map((field) => [field, 1] as const);

export interface Query {
  readonly filter: Filter;
  readonly sort?: Order;
  readonly skip?: number;
  readonly limit?: number;
}

/** Read models cannot be read or written now. Nobody may be answered as if there were none: deny, and say "unavailable". */
export class DocumentsUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DocumentsUnavailable';
  }
}

/** Where read models live. Everything in it can be thrown away and rebuilt from the log. Any call may throw `DocumentsUnavailable`. */
export interface Documents {
  /**
   * Whether what is stored outlives this process. What is asked for in the same breath from one collection is then read
   * at one moment.
   */
  readonly isLasting: boolean;
  get<D extends object>(collection: string, id: string): Promise<Stored<D> | null>;
  /**
   * Replaces the document and what it has seen in one step, unless what is stored is as new or newer: several projectors
   * may write the same read model, and a write that is repeated or comes late changes nothing. Resolves when it lasts.
   */
  put<D extends object>(collection: string, id: string, stored: Stored<D>): Promise<void>;
  /** Documents that match, tombstones never. The result is a copy: changing it changes nothing stored. */
  find<D extends object>(collection: string, query: Query): Promise<readonly D[]>;
  count(collection: string, filter: Filter): Promise<number>;
  /**
   * Makes cheap what pages of a collection are read by: these orders, and equality of the fields that they begin with. No
   * answer changes by it. What is there already stays; throws when that is not what is needed, and says what to do.
   */
  index(collection: string, orders: readonly Order[]): Promise<void>;
  /** Empties a collection, for a rebuild; it is to be indexed anew then. */
  drop(collection: string): Promise<void>;
}
