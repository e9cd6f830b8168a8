import type { Filter, Position, Stored } from '@pim/engine';
import { Query } from 'mingo';
import { FieldIndex } from './documents-index';
import type { Row } from './documents-order';
import { conjunctsOf, type Conjunct, type Equality } from './documents-plan';

/** What is known of a document that is gone. */
type Gone = Omit<Stored<object>, 'document'>;

interface Live extends Gone {
  readonly document: object;
}

interface Plan {
  readonly ids: Iterable<string>;
  readonly query: Query<object> | null;
}

/** Once an index leaves so few documents, testing them costs less than building another one. */
const fewEnough = 32;

/** The documents of one collection, found through indexes that are built when a query first asks for them. */
export class Collection {
  private readonly live = new Map<string, Live>();
  private readonly gone = new Map<string, Gone>();
  private readonly indexes = new Map<string, FieldIndex>();

  get(id: string): Stored<object> | null {
    const gone = this.gone.get(id);
    return this.live.get(id) ?? (gone ? { document: null, ...gone } : null);
  }

  /** Whether nothing is stored under the id that is as new as this. */
  isNewer(id: string, position: Position): boolean {
    const stored = this.live.get(id) ?? this.gone.get(id);
    return !stored || stored.position < position;
  }

  /** Takes the document over: the caller keeps no part of it. */
  put(id: string, { document, ...rest }: Stored<object>): void {
    const before = this.live.get(id)?.document ?? null;
    for (const index of this.indexes.values()) index.replace(id, before, document);
    this.live.delete(id);
    this.gone.delete(id);
    if (document) this.live.set(id, { document, ...rest });
    else this.gone.set(id, rest);
  }

  /** Documents that match a checked filter, in no order. They are the stored ones: copy before handing out. */
  *matching(filter: Filter): Generator<Row> {
    const { ids, query } = this.plan(conjunctsOf(filter));
    for (const id of ids) {
      const document = this.live.get(id)?.document;
      if (document && (query?.test(document) ?? true)) yield { id, document };
    }
  }

  /** How many documents match a checked filter. */
  count(filter: Filter): number {
    if (Object.keys(filter).length === 0) return this.live.size;
    return [...this.matching(filter)].length;
  }

  /** Where to look, and what is left to test there; null: nothing. */
  private plan(conjuncts: readonly Conjunct[]): Plan {
    const best = this.narrowest(conjuncts);
    const [first, ...others] = best?.among ?? [];
    if (!first) return { ids: this.live.keys(), query: compiled(conjuncts) };
    const index = this.indexOn(first);
    const ids = index.idsOf(first.values);
    if (others.length > 0) return { ids: this.union(ids, others), query: compiled(conjuncts) };
    const isTested = index.isExact && best?.isWhole;
    return { ids, query: compiled(isTested ? conjuncts.filter((conjunct) => conjunct !== best) : conjuncts) };
  }

  private union(ids: Iterable<string>, others: readonly Equality[]): ReadonlySet<string> {
    const all = new Set(ids);
    for (const place of others) for (const id of this.indexOn(place).idsOf(place.values)) all.add(id);
    return all;
  }

  private narrowest(conjuncts: readonly Conjunct[]): Conjunct | null {
    let [best, fewest]: [Conjunct | null, number] = [null, Infinity];
    for (const conjunct of conjuncts) {
      if (fewest <= fewEnough) break;
      const count = this.countAmong(conjunct);
      if (count < fewest) [best, fewest] = [conjunct, count];
    }
    return best;
  }

  /** At most so many documents meet it, as far as indexes know. */
  private countAmong({ among }: Conjunct): number {
    return among?.reduce((sum, place) => sum + this.indexOn(place).countOf(place.values), 0) ?? Infinity;
  }

  private indexOn({ path }: Equality): FieldIndex {
    const known = this.indexes.get(path);
    if (known) return known;
    const index = new FieldIndex(path);
    for (const [id, { document }] of this.live) index.replace(id, null, document);
    this.indexes.set(path, index);
    return index;
  }
}

const compiled = (conjuncts: readonly Conjunct[]): Query<object> | null =>
  conjuncts.length === 0 ? null : new Query({ $and: conjuncts.map(({ filter }) => filter) });
