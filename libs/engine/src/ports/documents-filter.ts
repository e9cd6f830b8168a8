import type { Filter, Query } from './documents';
import { isPlain, isScalar } from './documents-json';

/** Characters in one `$regex`: twice the longest text a client may send, because each character may be escaped. */
const longestPattern = 20_000;

/**
 * Throws unless the filter keeps to what the `Documents` port names. Everything else is refused before it is compiled:
 * mingo would run `$where` and `$expr`, and read other objects than scalars in ways of its own.
 */
export const checkFilter: (filter: unknown) => asserts filter is Filter = (filter) => {
  if (!isPlain(filter)) refuse('A filter is an object of field paths and conditions');
  for (const [name, value] of Object.entries(filter)) {
    if (isConnective(name)) checkBranches(name, value);
    else checkField(name, value);
  }
};

/** A query with nothing left out; throws unless it keeps to the port. Without a limit, `limit` is infinite. */
export const checkQuery = (query: Query): Required<Query> => {
  const whole = { sort: [], skip: 0, limit: Infinity, ...query };
  checkFilter(whole.filter);
  for (const [path] of whole.sort) checkPath(path);
  checkWhole('skip', whole.skip);
  checkWhole('limit', whole.limit);
  return whole;
};

const checkWhole = (name: string, value: number): void => {
  if (value !== Infinity && !(Number.isSafeInteger(value) && value >= 0))
    throw new RangeError(`${name} is ${value}. Give a whole number from 0.`);
};

/** Throws unless this names a field: `a`, `a.b`, `a.0`. */
const checkPath = (path: string): void => {
  const segments = path.split('.');
  if (segments.some((segment) => segment === '' || segment.startsWith('$') || segment === '__proto__'))
    refuse(`'${path.slice(0, 100)}' is not a field path or an operator of the subset`);
};

const checkField = (path: string, condition: unknown): void => {
  checkPath(path);
  if (!isScalar(condition)) checkOperators(path, condition);
};

const isConnective = (name: string): boolean => name === '$and' || name === '$or' || name === '$nor';

const checkBranches = (name: string, branches: unknown): void => {
  if (!Array.isArray(branches) || branches.length === 0) refuse(`${name} takes a list of at least one filter`);
  branches.forEach(checkFilter);
};

const checkOperators = (path: string, condition: unknown): void => {
  if (!isPlain(condition) || Object.keys(condition).length === 0)
    refuse(`'${path}' is compared with something else than text, a finite number, true, false, null or operators`);
  for (const [operator, operand] of Object.entries(condition)) {
    const check = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
    if (!check) refuse(`'${operator.slice(0, 100)}' is not an operator of the subset`);
    check(operand, condition);
  }
};

type Check = (operand: unknown, condition: Readonly<Record<string, unknown>>) => void;

const expecting =
  (what: string, holds: (operand: unknown, condition: Readonly<Record<string, unknown>>) => boolean): Check =>
  (operand, condition) => {
    if (!holds(operand, condition)) refuse(what);
  };

const scalar = expecting('$eq and $ne take text, a finite number, true, false or null', isScalar);
// MongoDB finds absent fields with `$gte: null`, mingo does not; nobody needs it.
const ordered = expecting('$gt, $gte, $lt and $lte take text, a finite number, true or false', (operand) => {
  return isScalar(operand) && operand !== null;
});
const list = expecting('$in and $nin take a list of text, finite numbers, true, false and null', (operand) => {
  return Array.isArray(operand) && operand.every(isScalar);
});

const elements: Check = (operand) => {
  if (!isPlain(operand) || Object.keys(operand).length === 0) refuse('$elemMatch takes a filter or operators');
  const isOfPlainElements = Object.keys(operand).every((name) => name.startsWith('$') && !isConnective(name));
  if (isOfPlainElements) checkOperators('$elemMatch', operand);
  else checkFilter(operand);
};

const operators: Readonly<Record<string, Check>> = {
  $eq: scalar,
  $ne: scalar,
  $gt: ordered,
  $gte: ordered,
  $lt: ordered,
  $lte: ordered,
  $in: list,
  $nin: list,
  $regex: expecting(`$regex takes text of at most ${longestPattern} characters`, (operand) => {
    return typeof operand === 'string' && operand.length <= longestPattern;
  }),
  $options: expecting('$options stands beside $regex and takes i, m and s', (operand, condition) => {
    return typeof operand === 'string' && /^[ims]*$/.test(operand) && Object.hasOwn(condition, '$regex');
  }),
  $exists: expecting('$exists takes true or false', (operand) => typeof operand === 'boolean'),
  $not: (operand) => checkOperators('$not', operand),
  $elemMatch: elements,
};

const refuse: (what: string) => never = (what) => {
  throw new Error(`${what}. The subset of MongoDB's query language that may be used is listed at the port's Filter.`);
};
