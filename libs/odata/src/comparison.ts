import type { Comparator, FilterNode, Scalar } from './ast';
import type { Cursor } from './cursor';
import { limits } from './limits';
import { isLiteral, valueOf } from './literal';
import type { Resolved } from './schema';
import { takePath, type Scope } from './scope';

/** The operators that compare a property with one value. */
export const comparators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const satisfies readonly Comparator[];

/** `5 gt a` says what `a lt 5` says. */
const mirrored: Record<Comparator, Comparator> = { eq: 'eq', ne: 'ne', gt: 'lt', ge: 'le', lt: 'gt', le: 'ge' };

const hasOrder = ({ type, enum: values }: Resolved['property']): boolean =>
  type === 'dateTime' || type === 'int' || (type === 'string' && values === undefined);

const takeValue = (cursor: Cursor, { property }: Resolved): Scalar =>
  isLiteral(cursor.peek()) ? valueOf(cursor.take(), property, cursor.fail) : cursor.expected('a value');

/** Reads what stands right of `path op`. */
export const comparison = (cursor: Cursor, target: Resolved, op: Comparator): FilterNode => {
  const value = takeValue(cursor, target);
  checkComparison(cursor, target, op, value === null);
  return cursor.counted({ kind: 'compare', op, path: target.path, value });
};

const checkComparison = (cursor: Cursor, { path, property }: Resolved, op: Comparator, isNull: boolean): void => {
  if (property.type === 'collection')
    cursor.fail(`'${path.join('/')}' is a collection; use ${path.join('/')}/any(x: …)`);
  if (op === 'eq' || op === 'ne') return;
  if (isNull) cursor.fail('null can be compared with eq and ne only');
  if (!hasOrder(property)) cursor.fail(`'${path.join('/')}' has no order; compare it with eq, ne or in`);
};

/** Reads `'x' eq path`. */
export const reversed = (cursor: Cursor, scope: Scope): FilterNode => {
  const literal = cursor.take();
  const op = cursor.wordAhead(comparators) ?? cursor.expected('an operator (eq, ne, gt, ge, lt, le)');
  cursor.take();
  if (isLiteral(cursor.peek())) cursor.fail('a comparison needs a property on one side');
  const target = takePath(cursor, scope);
  const value = valueOf(literal, target.property, cursor.fail);
  checkComparison(cursor, target, mirrored[op], value === null);
  return cursor.counted({ kind: 'compare', op: mirrored[op], path: target.path, value });
};

/** Reads the list after `path in`. */
export const membership = (cursor: Cursor, target: Resolved): FilterNode => {
  if (target.property.type === 'collection') checkComparison(cursor, target, 'eq', false);
  cursor.expectMark('(');
  const values: Scalar[] = [];
  do {
    if (values.length === limits.values) cursor.fail(`an in list holds at most ${limits.values} values`);
    values.push(takeValue(cursor, target));
  } while (cursor.takeMark(','));
  cursor.expectMark(')');
  return cursor.counted({ kind: 'in', path: target.path, values });
};
