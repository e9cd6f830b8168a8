import fc from 'fast-check';
import { limits, type Comparator, type FilterNode, type Scalar } from '../index';

const text = fc.oneof(
  fc.constantFrom('', '/', 'a', 'A', 'ab', "o'brien", 'x(y)', 'a.b', '[^$]', 'true', 'null', 'B\n'),
  fc.string({ maxLength: 4, unit: 'binary' }),
);
const moment = fc
  .integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2024, 0, 1) + 5 })
  .map((time) => new Date(time).toISOString());
const anyOp = fc.constantFrom<Comparator>('eq', 'ne', 'gt', 'ge', 'lt', 'le');
const sameness = fc.constantFrom<Comparator>('eq', 'ne');

type Path = readonly string[];

const compare = (path: Path, op: fc.Arbitrary<Comparator>, value: fc.Arbitrary<Scalar>): fc.Arbitrary<FilterNode> =>
  fc.record({ kind: fc.constant('compare' as const), op, path: fc.constant(path), value });

const compareOrNull = (
  path: Path,
  op: fc.Arbitrary<Comparator>,
  value: fc.Arbitrary<Scalar>,
): fc.Arbitrary<FilterNode> =>
  fc.oneof({ weight: 4, arbitrary: compare(path, op, value) }, compare(path, sameness, fc.constant(null)));

const within = (path: Path, value: fc.Arbitrary<Scalar>): fc.Arbitrary<FilterNode> =>
  fc.record({
    kind: fc.constant('in' as const),
    path: fc.constant(path),
    values: fc.array(fc.oneof({ weight: 5, arbitrary: value }, fc.constant(null)), { minLength: 1, maxLength: 4 }),
  });

const search = (path: Path): fc.Arbitrary<FilterNode> =>
  fc.record({
    kind: fc.constant('text' as const),
    fn: fc.constantFrom('startswith' as const, 'endswith' as const, 'contains' as const),
    path: fc.constant(path),
    text,
  });

const onText = (path: Path): fc.Arbitrary<FilterNode> =>
  fc.oneof(compareOrNull(path, anyOp, text), within(path, text), search(path));

const rank = fc.integer({ min: -2, max: 2 }).map((value) => value + 0);

const logic = (leaf: fc.Arbitrary<FilterNode>): fc.Arbitrary<FilterNode> =>
  fc.letrec<{ node: FilterNode }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      leaf,
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        nodes: fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('not' as const), node: tie('node') }),
    ),
  })).node;

const any = (path: Path, node: fc.Arbitrary<FilterNode>): fc.Arbitrary<FilterNode> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('any' as const), path: fc.constant(path), node }) },
    fc.constant<FilterNode>({ kind: 'any', path }),
  );

const alternatives = fc.oneof(
  onText([]),
  fc.record({ kind: fc.constant('or' as const), nodes: fc.array(onText([]), { minLength: 2, maxLength: 3 }) }),
);

const element = logic(
  fc.oneof(onText(['id']), compareOrNull(['rank'], anyOp, rank), within(['rank'], rank), any(['labels'], alternatives)),
);

/** As `parseFilter` counts. */
const sizeOf = (node: FilterNode): number => {
  const inner = 'nodes' in node ? node.nodes : 'node' in node && node.node ? [node.node] : [];
  return inner.reduce((sum, each) => sum + sizeOf(each), 1);
};

/** Filters on the request schema, as `parseFilter` would return them. */
export const filters: fc.Arbitrary<FilterNode> = logic(
  fc.oneof(
    onText(['id']),
    onText(['scopeName']),
    compareOrNull(['status'], sameness, fc.constantFrom('Granted', 'Provisioned', 'unheard of')),
    compareOrNull(['isValidationOnly'], sameness, fc.boolean()),
    compareOrNull(['createdDateTime'], anyOp, moment),
    compareOrNull(['version'], anyOp, rank),
    compareOrNull(['scheduleInfo', 'expiration', 'endDateTime'], anyOp, moment),
    compareOrNull(['scheduleInfo', 'expiration', 'duration'], sameness, fc.constantFrom('PT8H', 'P1D')),
    onText(['principal', 'id']),
    any(['tags'], alternatives),
    any(['targetResources'], element),
  ),
).filter((node) => sizeOf(node) <= limits.nodes);

const absent = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 4, arbitrary: value }, fc.constantFrom(null, undefined));

const resource = fc.record({ id: absent(text), rank: absent(rank), labels: absent(fc.array(text, { maxLength: 2 })) });

/** Documents such as a read model keeps for the request schema, members missing here and there. */
export const documents = fc.record({
  id: text,
  stored: absent(fc.record({ scope: absent(text) })),
  status: absent(fc.constantFrom('Granted', 'Provisioned')),
  isValidationOnly: absent(fc.boolean()),
  createdDateTime: absent(moment),
  version: absent(rank),
  principalId: absent(text),
  scheduleInfo: absent(
    fc.record({
      expiration: absent(fc.record({ endDateTime: absent(moment), duration: absent(fc.constantFrom('PT8H', 'P1D')) })),
    }),
  ),
  tags: absent(fc.array(text, { maxLength: 3 })),
  targetResources: absent(fc.array(resource, { maxLength: 3 })),
});
