import { memberOf, type Query } from '@pim/engine';

type Sort = NonNullable<Query['sort']>;

/** A document on its way into an answer. */
export interface Row {
  readonly id: string;
  readonly document: object;
}

interface SortedRow extends Row {
  readonly keys: readonly unknown[];
}

/** MongoDB's order of types; what is no scalar sorts as if it were absent. */
const rankOf: Readonly<Record<string, number>> = { number: 1, string: 2, boolean: 3 };

const rank = (value: unknown): number => rankOf[typeof value] ?? 0;

/** Text by code unit, numbers by size, false before true; null and absent first. */
const compareValues = (a: unknown, b: unknown): number => {
  const difference = rank(a) - rank(b);
  if (difference !== 0 || rank(a) === 0) return difference;
  const [x, y] = [a, b] as [string, string];
  return x < y ? -1 : Number(x > y);
};

const compareBy =
  (sort: Sort) =>
  (a: SortedRow, b: SortedRow): number => {
    for (const [at, [, direction]] of sort.entries()) {
      const order = compareValues(a.keys[at], b.keys[at]);
      if (order !== 0) return order * direction;
    }
    return compareValues(a.id, b.id);
  };

const withKeys = (sort: Sort) => {
  const paths = sort.map(([path]) => path.split('.'));
  const keysOf = (document: object): readonly unknown[] =>
    paths.map((path) => path.reduce<unknown>(memberOf, document));
  return ({ id, document }: Row): SortedRow => ({ id, document, keys: keysOf(document) });
};

/**
 * The first `count` rows in order, ties by document id ascending. Only about twice as many are ever kept and sorted, so
 * a page of a large collection costs one pass over it.
 */
export const firstRows = (rows: Iterable<Row>, sort: Sort, count: number): readonly Row[] => {
  const [compare, keyed] = [compareBy(sort), withKeys(sort)];
  const room = 2 * count + 64;
  const kept: SortedRow[] = [];
  let last: SortedRow | undefined;
  for (const row of rows) {
    const next = keyed(row);
    if (last && compare(next, last) > 0) continue;
    kept.push(next);
    if (kept.length < room) continue;
    kept.sort(compare).splice(count);
    last = kept.at(-1);
  }
  return kept.sort(compare).slice(0, count);
};
