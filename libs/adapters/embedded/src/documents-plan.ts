import { isPlain, isScalar, type Filter, type Scalar } from '@pim/engine';

/** "The field holds one of these": what an index can answer. */
export interface Equality {
  readonly path: string;
  readonly values: readonly Exclude<Scalar, null>[];
}

/** One of the conditions that must all hold. */
export interface Conjunct {
  readonly filter: Filter;
  /** Whatever meets it meets one of these, which indexes can answer; null: no index helps. */
  readonly among: readonly Equality[] | null;
  /** Whether, the other way round, whatever has that value meets it; of alternatives there may be more to each. */
  readonly isWhole: boolean;
}

/** Takes a checked filter apart into conditions that must all hold. */
export const conjunctsOf = (filter: Filter): readonly Conjunct[] =>
  Object.entries(filter).flatMap(([name, value]) => {
    if (name === '$and') return (value as readonly Filter[]).flatMap(conjunctsOf);
    if (name === '$or') return [implied({ $or: value }, amongAny(value as readonly Filter[]))];
    return name.startsWith('$') ? [implied({ [name]: value }, null)] : fieldConjuncts(name, value);
  });

const implied = (filter: Filter, among: Conjunct['among']): Conjunct => ({ filter, among, isWhole: false });

/** Of alternatives: one place for each, or none at all. */
const amongAny = (branches: readonly Filter[]): Conjunct['among'] => {
  const places = branches.map((branch) => conjunctsOf(branch).find(({ among }) => among !== null)?.among ?? null);
  return places.every((place) => place !== null) ? places.flat() : null;
};

const fieldConjuncts = (path: string, condition: unknown): readonly Conjunct[] => {
  if (!isPlain(condition)) return [conjunct(path, condition)];
  const { $eq, $in, ...others } = condition;
  return [
    ...('$eq' in condition ? [conjunct(path, $eq)] : []),
    ...('$in' in condition ? [conjunct(path, { $in })] : []),
    ...(Object.keys(others).length > 0 ? [implied({ [path]: others }, null)] : []),
  ];
};

const conjunct = (path: string, condition: unknown): Conjunct => {
  const values = isPlain(condition) ? condition['$in'] : [condition];
  return { filter: { [path]: condition }, among: isIndexable(values) ? [{ path, values }] : null, isWhole: true };
};

const isIndexable = (values: unknown): values is Equality['values'] =>
  Array.isArray(values) && values.every((value) => isScalar(value) && value !== null);
