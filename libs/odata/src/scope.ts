import type { Cursor } from './cursor';
import { unknownProperty } from './refusal';
import { elementOf, resolvePath, type EntitySchema, type PropertySchema, type Resolved } from './schema';

/** What names mean at this place of a filter: the entity's own, or those of one element inside `any`. */
export interface Scope {
  readonly schema: EntitySchema;
  /** The name an element goes by inside `any(x: …)`. */
  readonly variable?: string;
  /** Set where an element is plain text: then the variable itself is the value. */
  readonly plain?: PropertySchema;
}

/** The scope of one element of a collection. */
export const elementScope = (collection: Resolved, variable: string): Scope => {
  const schema = elementOf(collection.path.join('/'), collection.property);
  return collection.property.of
    ? { schema, variable }
    : { schema, variable, plain: { ...collection.property, type: 'string' } };
};

/** What may be asked of the elements of a collection. */
export const lambdas = ['any', 'all'] as const;

/** The segments of the path ahead. Stops before `/any(` and `/all(`, which are no names. */
const takeSegments = (cursor: Cursor): readonly string[] => {
  const segments: string[] = [];
  do {
    if (cursor.peek().kind !== 'word') cursor.expected('a property');
    segments.push(cursor.take().text);
    if (cursor.isMark('/') && cursor.wordAhead(lambdas, 1) && cursor.isMark('(', 2)) break;
  } while (cursor.takeMark('/'));
  return segments;
};

const withoutVariable = (segments: readonly string[], variable: string, cursor: Cursor): readonly string[] => {
  const [first = '', ...rest] = segments;
  if (first.toLowerCase() !== variable.toLowerCase())
    cursor.fail(`inside any(${variable}: …) every property begins with ${variable}/, '${segments.join('/')}' does not`);
  return rest;
};

/** Reads a path and finds its property; refuses names that do not exist and properties kept from filters. */
export const takePath = (cursor: Cursor, { schema, variable, plain }: Scope): Resolved => {
  const segments = takeSegments(cursor);
  const path = variable === undefined ? segments : withoutVariable(segments, variable, cursor);
  if (plain && path.length === 0) return { path, property: plain, field: '', filterable: true };
  if (path.length === 0) return cursor.fail(`name a property of ${variable}, for example ${variable}/id`);
  const resolved = resolvePath(path, schema);
  if (!resolved) throw unknownProperty(path.join('/'), schema);
  return resolved.filterable ? resolved : cursor.fail(`'${resolved.path.join('/')}' cannot be used in a filter`);
};
