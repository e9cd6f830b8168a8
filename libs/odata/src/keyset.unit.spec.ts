import fc from 'fast-check';
import { Query } from 'mingo';
import { behind, isBehind, parseSkipToken, tokenBehind, type Sort } from './index';
import { comparing } from './order';
import { rejected } from './spec/rejected';

interface Row {
  readonly id: string;
  readonly name?: string | null;
  readonly is?: boolean | null;
  readonly in?: { readonly rank?: number | null };
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
const rows: fc.Arbitrary<readonly Row[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom(...'abcdefghijkl'),
    name: maybe(fc.constantFrom('', 'a', 'A', 'b', null)),
    is: maybe(fc.constantFrom(true, false, null)),
    in: maybe(fc.record({ rank: maybe(fc.constantFrom(-1, 0, 1, null)) })),
  }) as fc.Arbitrary<Row>,
  { selector: ({ id }) => id, maxLength: 12 },
);
const direction = fc.constantFrom(1 as const, -1 as const);
const sorts: fc.Arbitrary<Sort> = fc
  .tuple(fc.subarray(['name', 'is', 'in.rank']), fc.array(direction, { minLength: 4, maxLength: 4 }))
  .map(([fields, directions]) => [...fields, 'id'].map((field, at) => [field, directions[at] ?? 1] as const));

describe('what is behind an entity', () => {
  it('is what the order puts there, in memory and in a store', () => {
    fc.assert(
      fc.property(rows, sorts, fc.nat(11), (all, sort, at) => {
        const stored = JSON.parse(JSON.stringify(all)) as Row[];
        const ordered = stored.sort(comparing(sort));
        const last = ordered[at];
        fc.pre(last !== undefined);
        const position = parseSkipToken(tokenBehind(last, sort));
        const rest = ordered.slice(at + 1);
        expect(ordered.filter(isBehind(position, sort))).toEqual(rest);
        const query = new Query(behind(position, sort));
        expect(ordered.filter((row) => query.test({ ...row }))).toEqual(rest);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same when that entity is gone and others have come', () => {
    const sort: Sort = [
      ['name', 1],
      ['id', 1],
    ];
    const position = parseSkipToken(tokenBehind({ id: 'c', name: 'm' }, sort));
    const now = [
      { id: 'new', name: 'a' },
      { id: 'd', name: 'm' },
      { id: 'e', name: 'z' },
    ];
    expect(now.filter(isBehind(position, sort)).map(({ id }) => id)).toEqual(['d', 'e']);
  });

  it('cannot be asked under another order', () => {
    const position = parseSkipToken(tokenBehind({ id: 'a' }, [['id', 1]]));
    for (const other of [[['id', -1]], [['name', 1]]] as const)
      expect(rejected(() => behind(position, other)).message).toContain('@odata.nextLink');
    expect(rejected(() => isBehind([], [['id', 1]])).code).toBe('BadRequest');
  });
});
