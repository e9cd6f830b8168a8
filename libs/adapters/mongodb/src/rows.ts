import { copyOf, isPlain, type Filter, type Stored } from '@pim/engine';
import type { Row } from './mongo';

/** What is written for a document; throws for what JSON cannot hold. */
export const toRow = (id: string, { document, seen, position }: Stored<object>): Row => ({
  _id: id,
  document: copyOf(document),
  seen: Object.entries(seen),
  position,
});

export const fromRow = ({ document, seen, position }: Row): Stored<object> => ({
  document,
  seen: Object.fromEntries(seen),
  position: BigInt(position),
});

/** A checked filter of documents as one of rows; tombstones match none. */
export const ofRows = (filter: Filter): Filter => ({ $and: [{ document: { $ne: null } }, ...conjunctsOf(filter)] });

/** Where rows keep what a path of a document names. */
export const inRow = (path: string): string => `document.${path}`;

const conjunctsOf = (filter: Filter): readonly Filter[] =>
  Object.entries(filter).flatMap(([name, value]) => {
    if (name.startsWith('$')) return [{ [name]: (value as readonly Filter[]).map(moved) }];
    return conditionsOf(value).map((condition) => ({ [inRow(name)]: condition }));
  });

const moved = (filter: Filter): Filter => {
  const [first, ...more] = conjunctsOf(filter);
  return first && more.length === 0 ? first : { $and: first ? [first, ...more] : [{}] };
};

/** One operator each, as MongoDB reads them anyway: servers that only speak its language confuse several on one field. */
const conditionsOf = (condition: unknown): readonly unknown[] => {
  if (!isPlain(condition)) return [condition];
  const { $regex, $options, ...others } = condition;
  const pattern = $options === undefined ? { $regex } : { $regex, $options };
  const each = Object.entries(others).map(([operator, operand]) => ({ [operator]: operand }));
  return $regex === undefined ? each : [pattern, ...each];
};
