import type { Documents, Filter, Query, Stored } from '../ports/documents';

/** Which generation of each read model is in use, for every process that shares the store. */
const register = '_generations';

interface Entry {
  readonly id: string;
  readonly generation: number;
}

/** Where the documents of a generation are. The first has the collection's own name. */
export const collectionOf = (collection: string, generation: number): string =>
  generation === 1 ? collection : `${collection}@${generation}`;

/**
 * Documents under the names of their read models, each taken from the generation in use: a new one can be folded beside
 * it, and from one call to the next be the one that answers.
 */
export class Generations implements Documents {
  private readonly inUse = new Map<string, number>();

  constructor(readonly stored: Documents) {}

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

  drop(collection: string): Promise<void> {
    return this.stored.drop(this.named(collection));
  }

  /** The generation whose documents answer in this process. */
  generationOf(collection: string): number {
    return this.inUse.get(collection) ?? 1;
  }

  use(collection: string, generation: number): void {
    this.inUse.set(collection, generation);
  }

  /** Begins with what other processes, or earlier ones, have completed. */
  async useRegistered(): Promise<void> {
    for (const [collection, generation] of await this.registered()) this.use(collection, generation);
  }

  /** What the register says, by collection; those that are not in it are in their first generation. */
  async registered(): Promise<ReadonlyMap<string, number>> {
    const entries = await this.stored.find<Entry>(register, { filter: {} });
    return new Map(entries.map(({ id, generation }) => [id, generation]));
  }

  /** Tells every process that a generation is complete. It never goes back to an older one. */
  async record(collection: string, generation: number): Promise<void> {
    const document: Entry = { id: collection, generation };
    await this.stored.put(register, collection, { document, seen: {}, position: BigInt(generation) });
  }

  private named(collection: string): string {
    return collectionOf(collection, this.generationOf(collection));
  }
}
