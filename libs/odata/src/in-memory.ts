import { unreachable } from '@pim/kernel';
import type { Comparator, FilterNode, ODataQuery, Scalar } from './ast';
import { elementOf, type EntitySchema, type PropertySchema } from './schema';
import { compareValues, comparing, valueAt } from './order';
import { patternOf } from './text-pattern';
import { targetOf, toSort } from './to-mongo';

type Order = Exclude<Comparator, 'eq' | 'ne'>;

const accepts: Readonly<Record<Order, (order: number) => boolean>> = {
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

/** Values of different types have no order, null among them; the answer is then no, as in a store. */
const ordered = (op: Order, value: unknown, wanted: Scalar): boolean =>
  typeof value === typeof wanted && value !== null && wanted !== null && accepts[op](compareValues(value, wanted));

const matchesText = (fn: Parameters<typeof patternOf>[0], value: unknown, text: string): boolean =>
  typeof value === 'string' && new RegExp(patternOf(fn, text), 'i').test(value);

const same = (value: unknown, wanted: Scalar, { anyCase }: PropertySchema): boolean =>
  anyCase && typeof wanted === 'string' ? matchesText('eq', value, wanted) : value === wanted;

type Leaf = Extract<FilterNode, { kind: 'compare' | 'in' | 'text' }>;

const holds = (node: Leaf, value: unknown, property: PropertySchema): boolean => {
  if (node.kind === 'text') return matchesText(node.fn, value, node.text);
  if (node.kind === 'in') return node.values.some((wanted) => same(value, wanted, property));
  if (node.op === 'eq') return same(value, node.value, property);
  return node.op === 'ne' ? !same(value, node.value, property) : ordered(node.op, value, node.value);
};

const leaf = (node: Leaf, document: unknown, schema: EntitySchema, element: PropertySchema | undefined): boolean => {
  if (element && node.path.length === 0) return holds(node, document ?? null, element);
  const { field, property } = targetOf(node.path, schema);
  return holds(node, valueAt(document, field), property);
};

const any = (node: Extract<FilterNode, { kind: 'any' }>, document: unknown, schema: EntitySchema): boolean => {
  const { field, property } = targetOf(node.path, schema);
  const elements = valueAt(document, field);
  if (!Array.isArray(elements)) return false;
  const { node: inner } = node;
  if (!inner) return elements.length > 0;
  const inside = elementOf(node.path.join('/'), property);
  return elements.some((element) => decide(inner, element, inside, property));
};

const decide = (node: FilterNode, document: unknown, schema: EntitySchema, element?: PropertySchema): boolean => {
  switch (node.kind) {
    case 'and':
      return node.nodes.every((each) => decide(each, document, schema, element));
    case 'or':
      return node.nodes.some((each) => decide(each, document, schema, element));
    case 'not':
      return !decide(node.node, document, schema, element);
    case 'any':
      return any(node, document, schema);
    case 'compare':
    case 'in':
    case 'text':
      return leaf(node, document, schema, element);
    default:
      return unreachable(node);
  }
};

/** Whether a document matches a filter. Says what a store would say of `toFilter(node, schema)`. */
export const matches = (node: FilterNode, document: object, schema: EntitySchema): boolean =>
  decide(node, document, schema);

/**
 * Filter, order, skip and top on a list that is in memory anyway: rules inside a policy, steps inside an approval,
 * definitions from a file. Null sorts first; equals keep their order. `skipToken` is the caller's affair.
 */
export const applyQuery = <T extends object>(
  items: readonly T[],
  { filter, orderBy = [], skip = 0, top }: Partial<Pick<ODataQuery, 'filter' | 'orderBy' | 'skip' | 'top'>>,
  schema: EntitySchema,
): readonly T[] => {
  const kept = filter ? items.filter((item) => matches(filter, item, schema)) : [...items];
  return kept.sort(comparing(toSort(orderBy, schema))).slice(skip, top === undefined ? undefined : skip + top);
};
