/** Fields of documents and their directions, most significant first. */
export type Sort = readonly (readonly [field: string, direction: 1 | -1])[];

/** What a document keeps at a dotted field; absent is null. */
export const valueAt = (document: unknown, field: string): unknown => {
  let value: unknown = document;
  for (const name of field.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
    value = Reflect.get(value, name);
  }
  return value ?? null;
};

const rank = (value: unknown): number => (value === null ? 0 : 1);

/** Null first, text by code unit, numbers by size, false before true: as the `Documents` port sorts. */
export const compareValues = (left: unknown, right: unknown): number => {
  if (left === null || right === null) return rank(left) - rank(right);
  const [a, b] = [left as string | number, right as string | number];
  return a < b ? -1 : Number(a > b);
};

/** Compares documents under a sort; those that are equal in all of its fields are equal. */
export const comparing =
  (sort: Sort) =>
  (left: object, right: object): number => {
    for (const [field, direction] of sort) {
      const order = compareValues(valueAt(left, field), valueAt(right, field));
      if (order !== 0) return order * direction;
    }
    return 0;
  };
