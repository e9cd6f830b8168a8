import { unreachable } from '@pim/kernel';
import type { Comparator, FilterNode, OrderBy, Path, Scalar } from './ast';
import type { Sort } from './order';
import { elementOf, resolvePath, type EntitySchema, type PropertySchema } from './schema';
import { patternOf, patternOfOne } from './text-pattern';

type Filter = Record<string, unknown>;

/** Where documents keep what a path names, and what it is. */
interface Target {
  readonly field: string;
  readonly property: PropertySchema;
}

const operatorOf: Record<Comparator, string> = { eq: '$eq', ne: '$ne', gt: '$gt', ge: '$gte', lt: '$lt', le: '$lte' };

/** A node that came out of `parseFilter` names nothing else than this schema does. */
export const targetOf = (path: Path, schema: EntitySchema): Target => {
  const target = resolvePath(path, schema);
  if (!target || target.lookUp)
    throw new Error(
      `${schema.name} documents have no ${path.join('/')}: filter and schema do not belong together (this is a bug)`,
    );
  return target;
};

const pattern = (fn: Parameters<typeof patternOf>[0], text: string): Filter => ({
  $regex: patternOf(fn, text),
  $options: 'i',
});

const equals = (value: Scalar, { anyCase }: PropertySchema): Filter =>
  anyCase && typeof value === 'string' ? pattern('eq', value) : { $eq: value };

const compared = (op: Comparator, value: Scalar, property: PropertySchema): Filter => {
  if (op === 'eq') return equals(value, property);
  if (op === 'ne' && property.anyCase && typeof value === 'string') return { $not: pattern('eq', value) };
  return { [operatorOf[op]]: value };
};

type Leaf = Extract<FilterNode, { kind: 'compare' | 'in' | 'text' }>;

const isLeaf = (node: FilterNode): node is Leaf => ['compare', 'in', 'text'].includes(node.kind);

/** Texts in any case are one pattern; null is no text. */
const amongAnyCase = (values: readonly Scalar[]): readonly Filter[] => {
  const texts = values.filter((value) => typeof value === 'string');
  const others = values.filter((value) => typeof value !== 'string');
  return [
    ...(texts.length > 0 ? [{ $regex: patternOfOne(texts), $options: 'i' }] : []),
    ...(others.length > 0 ? [{ $in: others }] : []),
  ];
};

/** The conditions a value has to meet one of. Only `in` on text of any case, with null among it, has more than one. */
const conditionsOf = (node: Leaf, property: PropertySchema): readonly Filter[] => {
  switch (node.kind) {
    case 'compare':
      return [compared(node.op, node.value, property)];
    case 'text':
      return [pattern(node.fn, node.text)];
    case 'in':
      return property.anyCase ? amongAnyCase(node.values) : [{ $in: [...node.values] }];
  }
};

const oneOf = (filters: readonly Filter[]): Filter =>
  filters.length === 1 && filters[0] ? filters[0] : { $or: filters };

const leaf = (node: Leaf, schema: EntitySchema): Filter => {
  const { field, property } = targetOf(node.path, schema);
  return oneOf(conditionsOf(node, property).map((condition) => ({ [field]: condition })));
};

/** Plain elements have no field to name: each condition becomes an `$elemMatch` of its own. */
const anyPlain = (field: string, property: PropertySchema, node: FilterNode): Filter => {
  if (node.kind === 'or') return { $or: node.nodes.map((each) => anyPlain(field, property, each)) };
  if (!isLeaf(node)) throw new Error(`any on plain text takes no ${node.kind} (this is a bug)`);
  return oneOf(conditionsOf(node, property).map((condition) => ({ [field]: { $elemMatch: condition } })));
};

const any = ({ path, node }: Extract<FilterNode, { kind: 'any' }>, schema: EntitySchema): Filter => {
  const { field, property } = targetOf(path, schema);
  if (!node) return { [`${field}.0`]: { $exists: true } };
  if (!property.of) return anyPlain(field, property, node);
  return { [field]: { $elemMatch: toFilter(node, elementOf(path.join('/'), property)) } };
};

/**
 * A parsed `$filter` as a query for documents, in the subset of MongoDB's language the `Documents` port promises.
 * Comparing with null also finds documents without the field.
 */
export const toFilter = (node: FilterNode, schema: EntitySchema): Record<string, unknown> => {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { [`$${node.kind}`]: node.nodes.map((each) => toFilter(each, schema)) };
    case 'not':
      return { $nor: [toFilter(node.node, schema)] };
    case 'any':
      return any(node, schema);
    case 'compare':
    case 'in':
    case 'text':
      return leaf(node, schema);
    default:
      return unreachable(node);
  }
};

/** `$orderby` as the `Documents` port sorts: field and direction, most significant first. */
export const toSort = (orderBy: readonly OrderBy[], schema: EntitySchema): Sort =>
  orderBy.map(({ path, descending }) => [targetOf(path, schema).field, descending ? -1 : 1]);
