import type { FilterNode, TextFunction } from './ast';
import { comparators, comparison, membership, reversed } from './comparison';
import { Cursor } from './cursor';
import { tokensOf, type Fail } from './lexer';
import { limits } from './limits';
import { isLiteral } from './literal';
import { invalidFilter } from './refusal';
import type { EntitySchema, Resolved } from './schema';
import { elementScope, lambdas, takePath, type Scope } from './scope';

const textFunctions = ['startswith', 'endswith', 'contains'] as const satisfies readonly TextFunction[];

const list = (kind: 'and' | 'or', operand: (cursor: Cursor, scope: Scope) => FilterNode) => {
  return (cursor: Cursor, scope: Scope): FilterNode => {
    const first = operand(cursor, scope);
    const nodes = [first];
    while (cursor.takeWord(kind)) nodes.push(operand(cursor, scope));
    return nodes.length === 1 ? first : cursor.counted({ kind, nodes });
  };
};

const negation = (cursor: Cursor, scope: Scope): FilterNode => {
  if (cursor.takeWord('not'))
    return cursor.counted({ kind: 'not', node: cursor.nested(() => negation(cursor, scope)) });
  if (!cursor.takeMark('(')) return predicate(cursor, scope);
  const node = cursor.nested(() => disjunction(cursor, scope));
  cursor.expectMark(')');
  return node;
};

const conjunction = list('and', negation);
const disjunction = list('or', conjunction);

const predicate = (cursor: Cursor, scope: Scope): FilterNode => {
  if (isLiteral(cursor.peek())) return reversed(cursor, scope);
  if (cursor.peek().kind === 'word' && cursor.isMark('(', 1)) return textCall(cursor, scope);
  const target = takePath(cursor, scope);
  if (cursor.takeMark('/')) return lambda(cursor, target);
  const op = cursor.wordAhead(comparators);
  if (op) {
    cursor.take();
    return comparison(cursor, target, op);
  }
  if (cursor.takeWord('in')) return membership(cursor, target);
  if (target.property.type !== 'boolean') return cursor.expected('an operator (eq, ne, gt, ge, lt, le, in)');
  return cursor.counted({ kind: 'compare', op: 'eq', path: target.path, value: true });
};

/** `startswith(…) eq true` is how some clients write `startswith(…)`. */
const truth = (cursor: Cursor, node: FilterNode): FilterNode => {
  const op = cursor.wordAhead(['eq', 'ne']);
  const value = cursor.wordAhead(['true', 'false'], 1);
  if (!op || !value) return node;
  cursor.take();
  cursor.take();
  return (op === 'eq') === (value === 'true') ? node : cursor.counted({ kind: 'not', node });
};

const textCall = (cursor: Cursor, scope: Scope): FilterNode => {
  const called = cursor.peek().text;
  const fn = cursor.wordAhead(textFunctions);
  if (!fn) return cursor.fail(`the function ${called} is not supported; use ${textFunctions.join(', ')}, any or all`);
  cursor.take();
  cursor.expectMark('(');
  const { path, property } = takePath(cursor, scope);
  if (property.type !== 'string') cursor.fail(`${fn} searches text, '${path.join('/')}' holds none`);
  cursor.expectMark(',');
  const token = cursor.take();
  if (token.kind !== 'quoted' || token.prefix !== '')
    return cursor.fail(`the second argument of ${fn} is text in quotes`);
  cursor.expectMark(')');
  return truth(cursor, cursor.counted({ kind: 'text', fn, path, text: token.text }));
};

/** Plain elements have no members to hang a condition on, so only alternatives can be asked of one element. */
const fitsPlain = (node: FilterNode): boolean =>
  node.kind === 'or' ? node.nodes.every(fitsPlain) : node.kind !== 'and' && node.kind !== 'not';

const lambda = (cursor: Cursor, target: Resolved): FilterNode => {
  const { path, property } = target;
  const fn = cursor.wordAhead(lambdas) ?? cursor.expected('any or all');
  if (property.type !== 'collection') cursor.fail(`${fn} asks a collection, '${path.join('/')}' is none`);
  cursor.take();
  cursor.expectMark('(');
  if (fn === 'any' && cursor.takeMark(')')) return truth(cursor, cursor.counted({ kind: 'any', path }));
  if (cursor.peek().kind !== 'word') cursor.expected(`a variable, as in ${fn}(x: x/id eq '…'),`);
  const scope = elementScope(target, cursor.take().text);
  cursor.expectMark(':');
  const node = cursor.nested(() => disjunction(cursor, scope));
  cursor.expectMark(')');
  return truth(cursor, fn === 'any' ? anyOf(cursor, target, scope, node) : allOf(cursor, target, scope, node));
};

const anyOf = (cursor: Cursor, { path }: Resolved, scope: Scope, node: FilterNode): FilterNode => {
  if (scope.plain && !fitsPlain(node)) cursor.fail(`any on '${path.join('/')}' takes conditions joined by or`);
  return cursor.counted({ kind: 'any', path, node });
};

/** All elements meet a condition when there is none that does not. */
const allOf = (cursor: Cursor, { path }: Resolved, scope: Scope, node: FilterNode): FilterNode => {
  if (scope.plain) cursor.fail(`all is for collections of objects; ask any of '${path.join('/')}'`);
  return cursor.counted({ kind: 'not', node: { kind: 'any', path, node: cursor.counted({ kind: 'not', node }) } });
};

/**
 * Reads a `$filter` (reference §0.4, §1.12). Throws a Rejection: `InvalidFilter` for what cannot be read or answered,
 * `BadRequest` for a property the entity does not have. Bounded in length, depth, nodes and `in` values.
 */
export const parseFilter = (text: string, schema: EntitySchema): FilterNode => {
  const fail: Fail = (reason) => {
    throw invalidFilter(text.trim(), reason);
  };
  if (text.length > limits.characters) fail(`it is longer than ${limits.characters} characters`);
  const cursor = new Cursor(tokensOf(text, fail), fail);
  const node = disjunction(cursor, { schema });
  return cursor.peek().kind === 'end' ? node : cursor.expected('and, or, or the end');
};
