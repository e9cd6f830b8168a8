import type { Documents, Filter, Order, Query, Stored } from '../ports/documents';
import type { Projection } from './projection';

/** Which generation of each read model is in use, for every process that shares the store. */
const register = '_generations';

interface Entry {
  /** What the read model is stored under. */
  readonly id: string;
  readonly generation: number;
}

/** A read model and the version of it that this release folds. */
type Versioned = Pick<Projection, 'collection' | 'version'>;

/**
 * Documents under the names of their read models. Each release has those of the versions that it folds itself; of these, the
 * generation in use answers: a new one can be folded beside it, and from one call to the next be the one.
 */
export class Generations implements Documents {
  /** By the name that the read model is stored under. */
  private readonly inUse = new Map<string, number>();
  private readonly names: ReadonlyMap<string, string>;

  constructor(
    readonly stored: Documents,
    readModels: readonly Versioned[],
  ) {
    this.names = new Map(readModels.map((one) => [one.collection, storedName(one)]));
  }

  get isLasting(): boolean {
    return this.stored.isLasting;
  }

  get<D extends object>(collection: string, id: string): Promise<Stored<D> | null> {
    return this.stored.get(this.named(collection), id);
  }

  put<D extends object>(collection: string, id: string, stored: Stored<D>): Promise<void> {
    return this.stored.put(this.named(collection), id, stored);
  }

  find<D extends object>(collection: string, query: Query): Promise<readonly D[]> {
    return this.stored.find(this.named(collection), query);
  }

  count(collection: string, filter: Filter): Promise<number> {
    return this.stored.count(this.named(collection), filter);
  }

  index(collection: string, orders: readonly Order[]): Promise<void> {
    return this.stored.index(this.named(collection), orders);
  }

  drop(collection: string): Promise<void> {
    return this.stored.drop(this.named(collection));
  }

  /** The generation whose documents answer in this process. */
  generationOf(collection: string): number {
    return this.inUse.get(this.nameOf(collection)) ?? 1;
  }

  use(collection: string, generation: number): void {
    this.inUse.set(this.nameOf(collection), generation);
  }

  /** Begins with what other processes, or earlier ones, have completed. */
  async useRegistered(): Promise<void> {
    for (const [name, generation] of await this.register()) this.inUse.set(name, generation);
  }

  /** What the register says of each read model; of those that are not in it, that they are in their first generation. */
  async registered(): Promise<(collection: string) => number> {
    const known = await this.register();
    return (collection) => known.get(this.nameOf(collection)) ?? 1;
  }

  /** Where the documents of a generation are. The first has the name of the read model in its version. */
  placeOf(collection: string, generation: number): string {
    const name = this.nameOf(collection);
    return generation === 1 ? name : `${name}@${generation}`;
  }

  /** Tells every process that a generation is complete. It never goes back to an older one. */
  async record(collection: string, generation: number): Promise<void> {
    const id = this.nameOf(collection);
    const document: Entry = { id, generation };
    await this.stored.put(register, id, { document, seen: {}, position: BigInt(generation) });
  }

  private named(collection: string): string {
    return this.placeOf(collection, this.generationOf(collection));
  }

  private nameOf(collection: string): string {
    return this.names.get(collection) ?? collection;
  }

  private async register(): Promise<ReadonlyMap<string, number>> {
    const entries = await this.stored.find<Entry>(register, { filter: {} });
    return new Map(entries.map(({ id, generation }) => [id, generation]));
  }
}

/** Another version is another read model: neither release sees, or changes, what the other one folds. */
const storedName = ({ collection, version = 1 }: Versioned): string =>
  version === 1 ? collection : `${collection}.v${version}`;
