import { DocumentsUnavailable, within } from '@pim/engine';
import {
  MongoBulkWriteError,
  MongoClient,
  MongoError,
  MongoServerError,
  type Collection,
  type Db,
  type Filter,
  type IndexDescriptionInfo,
} from 'mongodb';

/** One stored document: what `Documents` knows of it, in types that keep their meaning in MongoDB. */
export interface Row {
  readonly _id: string;
  /** `null` is a tombstone. */
  readonly document: object | null;
  /** Pairs, because names of streams are no safe names of fields. */
  readonly seen: readonly (readonly [stream: string, revision: number])[];
  readonly position: bigint;
}

interface IdRow {
  readonly _id: string;
}

type Where = Readonly<Record<string, unknown>>;

/** A checked query over rows: paths begin at the row. */
export interface RowQuery {
  readonly filter: Where;
  readonly sort: readonly (readonly [path: string, direction: 1 | -1])[];
  readonly skip: number;
  readonly limit: number;
}

/** The keys of one index, most significant first. */
export type IndexKeys = readonly (readonly [path: string, direction: 1 | -1])[];

/** An index as it is there. */
export interface Index {
  readonly name: string;
  readonly keys: IndexKeys;
  /** What makes it another one than an index of ours on these keys. */
  readonly options: readonly string[];
}

/** Where, and how long a call may take, in milliseconds, before it throws `DocumentsUnavailable`. */
export interface MongoAddress {
  readonly url: string;
  /** Without it the one that the URL names. */
  readonly database?: string | undefined;
  readonly deadlineMs: number;
}

/** An index on documents that are there already takes its time. */
const indexingMs = 120_000;
const duplicateKey = 11_000;
const noSuchCollection = 26;
/** BadValue, FailedToParse, TypeMismatch, an invalid pattern: asking again would not help. */
const mistakes: readonly unknown[] = [2, 9, 14, 51_091];

/**
 * The only user of the driver: a few guarded operations on rows. Each has a deadline of its own here, beside the one the
 * server is given: a server that is stopped in its tracks does not keep the latter.
 */
export class Mongo {
  private readonly client: MongoClient;
  private readonly database: Db;

  constructor(private readonly address: MongoAddress) {
    const { url, database, deadlineMs } = address;
    this.client = new MongoClient(url, {
      appName: 'openpim',
      ignoreUndefined: true,
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      writeConcern: { w: 'majority', journal: true },
      serverSelectionTimeoutMS: deadlineMs,
      connectTimeoutMS: deadlineMs,
      socketTimeoutMS: 2 * deadlineMs,
      waitQueueTimeoutMS: deadlineMs,
    });
    this.database = this.client.db(database);
  }

  async ping(): Promise<void> {
    await this.within(() => this.database.command({ ping: 1 }));
  }

  rows(collection: string, ids: readonly string[]): Promise<readonly Row[]> {
    const filter = { _id: { $in: [...ids] } };
    return this.within(() =>
      this.named(collection)
        .find(filter, { ...this.limited, useBigInt64: true })
        .toArray(),
    );
  }

  /** The documents of the rows that match; at most 2³¹ - 1. */
  async find(collection: string, { filter, sort, skip, limit }: RowQuery): Promise<readonly object[]> {
    const found = await this.within(() =>
      this.named(collection)
        .find(filter as Filter<Row>, { ...this.limited, projection: { _id: 0, document: 1 } })
        .sort(new Map(sort))
        .skip(skip)
        .limit(Math.min(limit, 2 ** 31 - 1))
        .toArray(),
    );
    return found.flatMap(({ document }) => document ?? []);
  }

  async count(collection: string, filter: Where): Promise<number> {
    return this.within(() => this.named(collection).countDocuments(filter as Filter<Row>, this.limited));
  }

  /**
   * Stores each row unless its document is as new, or newer, already. Nothing is known about any of them when it throws;
   * writing them again is then harmless.
   */
  async write(collection: string, rows: readonly Row[]): Promise<void> {
    const refused = await this.within(() => this.replace(collection, rows, true));
    // Somebody made these documents at the same moment, or they are newer. They exist now: the guard alone decides.
    if (refused.length > 0) await this.within(() => this.replace(collection, refused, false));
  }

  async drop(collection: string): Promise<void> {
    const found = await this.within(() => this.database.listCollections({ name: collection }).toArray());
    if (found.some(({ name }) => name === collection)) await this.within(() => this.named(collection).drop());
  }

  /** The indexes a collection has; none when it is not there. */
  async indexes(collection: string): Promise<readonly Index[]> {
    const listed = await this.within(() => this.named(collection).listIndexes().toArray().catch(noneYet));
    return listed.map(indexOf);
  }

  /**
   * Makes the indexes that are not there yet, and looks whether all of them are. Throws when one is there that holds
   * back documents, or removes them.
   */
  async ensureIndexes(collection: string, indexes: readonly IndexKeys[]): Promise<void> {
    const missing = await this.missing(collection, indexes);
    if (missing.length === 0) return;
    const specifications = missing.map((keys) => ({ key: new Map(keys) }));
    await this.within(() => this.named(collection).createIndexes(specifications), indexingMs);
    const [still] = await this.missing(collection, indexes);
    if (still) throw new Error(`MongoDB made no index ${JSON.stringify(still)} on ${collection}. Look into its log.`);
  }

  /**
   * Changes the one document that matches, and answers with it as it is then. Null when none matches; with `isUpsert` it
   * is made, and null means that one with its id is there, or was made at the same moment, and does not match.
   */
  async change<T extends IdRow>(collection: string, where: Where, change: object, isUpsert = false): Promise<T | null> {
    const options = { ...this.limited, upsert: isUpsert, returnDocument: 'after' as const, useBigInt64: true };
    const documents = this.database.collection<IdRow>(collection);
    return this.within(async () => {
      try {
        return (await documents.findOneAndUpdate(where as Filter<IdRow>, change, options)) as T | null;
      } catch (error) {
        if (isUpsert && error instanceof MongoServerError && error.code === duplicateKey) return null;
        throw error;
      }
    });
  }

  dropDatabase(): Promise<unknown> {
    return this.within(() => this.database.dropDatabase());
  }

  async close(): Promise<void> {
    await this.client.close();
  }

  private get limited() {
    return { maxTimeMS: this.address.deadlineMs };
  }

  private named(collection: string): Collection<Row> {
    return this.database.collection(collection);
  }

  /** The rows whose id was taken when an insert was tried. */
  private async replace(collection: string, rows: readonly Row[], upsert: boolean): Promise<readonly Row[]> {
    const writes = rows.map(({ _id, ...replacement }) => ({
      replaceOne: { filter: { _id, position: { $lt: replacement.position } }, replacement, upsert },
    }));
    try {
      await this.named(collection).bulkWrite(writes, { ordered: false });
      return [];
    } catch (error) {
      return takenIds(error).flatMap((index) => rows[index] ?? []);
    }
  }

  private async missing(collection: string, wanted: readonly IndexKeys[]): Promise<readonly IndexKeys[]> {
    const present = new Map((await this.indexes(collection)).map((index) => [JSON.stringify(index.keys), index]));
    for (const keys of wanted) refuseOther(collection, present.get(JSON.stringify(keys)));
    return wanted.filter((keys) => !present.has(JSON.stringify(keys)));
  }

  private async within<T>(ask: () => Promise<T>, deadlineMs = this.address.deadlineMs): Promise<T> {
    try {
      return await within(deadlineMs, ask(), () => notInTime(deadlineMs));
    } catch (error) {
      throw asPort(error);
    }
  }
}

const notInTime = (ms: number): DocumentsUnavailable =>
  new DocumentsUnavailable(`MongoDB did not answer within ${ms} ms. Look whether it runs.`);

/** Which of the writes found their id taken; throws when anything else went wrong with any of them. */
const takenIds = (error: unknown): readonly number[] => {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0 || errors.some(({ code }) => code !== duplicateKey)) throw error;
  return errors.map(({ index }) => index);
};

/** With one of these an index refuses, leaves out or removes documents, or orders them otherwise. */
const foreign = ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'hidden', 'collation'];

const indexOf = ({ name = '', key, ...options }: IndexDescriptionInfo): Index => ({
  name,
  keys: Object.entries(key) as unknown as IndexKeys,
  options: foreign.filter(
    (option) => Reflect.get(options, option) !== undefined && Reflect.get(options, option) !== false,
  ),
});

const refuseOther = (collection: string, index: Index | undefined): void => {
  if (!index || index.options.length === 0) return;
  throw new Error(
    `The index ${index.name} of ${collection} was not made by OpenPIM: it has ${index.options.join(', ')}. ` +
      'Drop it in MongoDB; the next start makes the one that is needed.',
  );
};

const noneYet = (error: unknown): readonly IndexDescriptionInfo[] => {
  if (error instanceof MongoServerError && error.code === noSuchCollection) return [];
  throw error;
};

const asPort = (error: unknown): unknown => {
  if (!(error instanceof MongoError)) return error;
  if (error instanceof MongoServerError && mistakes.includes(error.code)) return error;
  return new DocumentsUnavailable(`MongoDB cannot do this now: ${error.message}`, { cause: error });
};
