import { isPlain, isScalar, type Filter, type Scalar } from '@pim/engine';

/** "The field holds one of these": what an index can answer. */
export interface Equality {
  readonly path: string;
  readonly values: readonly Exclude<Scalar, null>[];
}

/** One of the conditions that must all hold; `equality` when an index can answer it. */
export interface Conjunct {
  readonly filter: Filter;
  readonly equality: Equality | null;
}

/** Takes a checked filter apart into conditions that must all hold. */
export const conjunctsOf = (filter: Filter): readonly Conjunct[] =>
  Object.entries(filter).flatMap(([name, value]) => {
    if (name === '$and') return (value as readonly Filter[]).flatMap(conjunctsOf);
    return name.startsWith('$') ? [{ filter: { [name]: value }, equality: null }] : fieldConjuncts(name, value);
  });

const fieldConjuncts = (path: string, condition: unknown): readonly Conjunct[] => {
  if (!isPlain(condition)) return [conjunct(path, condition)];
  const { $eq, $in, ...others } = condition;
  return [
    ...('$eq' in condition ? [conjunct(path, $eq)] : []),
    ...('$in' in condition ? [conjunct(path, { $in })] : []),
    ...(Object.keys(others).length > 0 ? [{ filter: { [path]: others }, equality: null }] : []),
  ];
};

const conjunct = (path: string, condition: unknown): Conjunct => {
  const values = isPlain(condition) ? condition['$in'] : [condition];
  return { filter: { [path]: condition }, equality: isIndexable(values) ? { path, values } : null };
};

const isIndexable = (values: unknown): values is Equality['values'] =>
  Array.isArray(values) && values.every((value) => isScalar(value) && value !== null);
