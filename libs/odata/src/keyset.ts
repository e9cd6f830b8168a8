import type { Position, Scalar } from './ast';
import { compareValues, valueAt, type Sort } from './order';
import { checksum, foreignToken, skipTokenOf } from './paging';

type Filter = Record<string, unknown>;

const nameOf = (sort: Sort): string => checksum(sort.map(([field, direction]) => `${direction}${field}`).join(','));

const scalarOf = (value: unknown): Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

/**
 * The token that goes on behind a document. It carries the document's values rather than how many came before it, so
 * that whatever is added or removed meanwhile, no page repeats or leaves out what was there all along. The sort ends
 * with a field that no two documents share.
 */
export const tokenBehind = (document: object, sort: Sort): string =>
  skipTokenOf([nameOf(sort), ...sort.map(([field]) => scalarOf(valueAt(document, field)))]);

/** The values in a position. Throws a Rejection for one of another order. */
const valuesIn = ([name, ...values]: Position, sort: Sort): readonly Scalar[] => {
  if (name !== nameOf(sort) || values.length !== sort.length) throw foreignToken();
  return values;
};

/** Documents that come later by this field alone; undefined when none can. */
const later = (field: string, direction: 1 | -1, value: Scalar): Filter | undefined => {
  if (direction === 1) return { [field]: value === null ? { $ne: null } : { $gt: value } };
  return value === null ? undefined : { $or: [{ [field]: { $lt: value } }, { [field]: { $eq: null } }] };
};

/** Everything behind a position under its sort, as a query for documents. Throws a Rejection for a position of another. */
export const behind = (position: Position, sort: Sort): Filter => {
  const values = valuesIn(position, sort);
  const equal = sort.map(([field], index) => ({ [field]: { $eq: values[index] ?? null } }));
  const branches = sort.flatMap(([field, direction], index) => {
    const next = later(field, direction, values[index] ?? null);
    return next ? [{ $and: [...equal.slice(0, index), next] }] : [];
  });
  return { $or: branches };
};

/** Whether a document is behind a position: says what `behind` finds. */
export const isBehind = (position: Position, sort: Sort): ((document: object) => boolean) => {
  const values = valuesIn(position, sort);
  return (document) => {
    for (const [index, [field, direction]] of sort.entries()) {
      const order = compareValues(valueAt(document, field), values[index] ?? null);
      if (order !== 0) return order * direction > 0;
    }
    return false;
  };
};
