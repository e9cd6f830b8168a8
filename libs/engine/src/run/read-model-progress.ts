import { randomUUID } from 'node:crypto';
import type { Documents } from '../ports/documents';
import type { Position } from '../ports/event-store';

/** Read models were changed behind our back: what is in them now is not all there was. They must be folded anew. */
export class ReadModelsLost extends Error {
  constructor(collection: string, what = 'was emptied') {
    super(`${collection} ${what} while it was in use. It is folded again from the log.`);
    this.name = 'ReadModelsLost';
  }
}

/** The id of the row that says which life of a collection this is: a tombstone, so that no question finds it. */
const lifeId = '_life';

/**
 * How far read models that outlive this process have come, stored beside their documents: who removes a collection
 * removes its progress with it. Each collection has a life; a position counts only in the life it was reached in, so that
 * a save that arrives after the removal says nothing about what comes then. Within a life it never goes back: one that did
 * says that somebody restored an old copy.
 */
export class ReadModelProgress {
  private readonly lives = new Map<string, string>();
  /** The least that is on record as reached, by collection, unless an old copy was restored. */
  private readonly reached = new Map<string, Position>();

  constructor(
    private readonly documents: Pick<Documents, 'get' | 'put'>,
    private readonly collections: readonly string[],
  ) {}

  /** Up to here every collection holds everything; 0 when one of them is new. */
  async load(): Promise<Position> {
    const positions = await Promise.all(this.collections.map((collection) => this.loadOne(collection)));
    return positions.reduce((least, one) => (one < least ? one : least), positions[0] ?? 0n);
  }

  /** A collection lies somewhere else now, where it holds no less. */
  async move(collection: string): Promise<void> {
    await this.loadOne(collection);
  }

  /** Says that every collection holds everything up to here. Where another process came further, that stays. */
  async save(position: Position): Promise<void> {
    const nothing = { document: null, seen: {}, position };
    await Promise.all([...this.lives].map(([name, life]) => this.documents.put(name, reachedId(life), nothing)));
    for (const name of this.lives.keys()) this.reached.set(name, position);
  }

  /** Throws `ReadModelsLost` when a collection is not in the life in which it was loaded, or less far than it was. */
  async check(collection: string): Promise<void> {
    const life = this.lives.get(collection);
    if (life === undefined) return;
    const least = this.reached.get(collection) ?? 0n;
    const [lives, reaches] = await Promise.all([this.lifeOf(collection), this.reachedIn(collection, life)]);
    if (lives !== life) throw new ReadModelsLost(collection);
    if (reaches < least) throw new ReadModelsLost(collection, 'became older than it was');
  }

  async checkAll(): Promise<void> {
    await Promise.all(this.collections.map((collection) => this.check(collection)));
  }

  private async loadOne(collection: string): Promise<Position> {
    const life = (await this.lifeOf(collection)) ?? (await this.begin(collection));
    const position = await this.reachedIn(collection, life);
    this.lives.set(collection, life);
    this.reached.set(collection, position);
    return position;
  }

  private async reachedIn(collection: string, life: string): Promise<Position> {
    return (await this.documents.get(collection, reachedId(life)))?.position ?? 0n;
  }

  private async lifeOf(collection: string): Promise<string | null> {
    const [life] = Object.keys((await this.documents.get(collection, lifeId))?.seen ?? {});
    return life ?? null;
  }

  /** Of several processes that begin at the same time, the first decides: an equal position overwrites nothing. */
  private async begin(collection: string): Promise<string> {
    await this.documents.put(collection, lifeId, { document: null, seen: { [randomUUID()]: 0 }, position: 0n });
    const life = await this.lifeOf(collection);
    if (life === null) throw new ReadModelsLost(collection);
    return life;
  }
}

const reachedId = (life: string): string => `_reached/${life}`;
