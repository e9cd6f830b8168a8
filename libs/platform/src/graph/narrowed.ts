import { Rejection } from '@pim/kernel';
import { parseQuery, type EntitySchema, type FilterNode } from '@pim/odata';
import type { GraphRequest } from './graph-request';

const termsOf = (node: FilterNode): readonly FilterNode[] =>
  node.kind === 'and' ? node.nodes.flatMap(termsOf) : [node];

/**
 * What a request's filter says a property must be, for the properties it says that of: its terms that are joined by
 * `and` and compare with `eq`.
 */
export const narrowedBy = (
  { query }: Pick<GraphRequest, 'query'>,
  schema: EntitySchema,
): Readonly<Record<string, string>> => {
  const { filter } = parseQuery(query, schema);
  const narrowed: Record<string, string> = {};
  for (const term of filter ? termsOf(filter) : [])
    if (term.kind === 'compare' && term.op === 'eq' && typeof term.value === 'string')
      narrowed[term.path.join('/')] = term.value;
  return narrowed;
};

/** The same, for lists that Graph answers only for one of these properties (reference §1.9). Throws 400 otherwise. */
export const requireNarrowed = (
  request: Pick<GraphRequest, 'query'>,
  schema: EntitySchema,
  names: readonly string[],
): Readonly<Record<string, string>> => {
  const narrowed = narrowedBy(request, schema);
  if (names.some((name) => narrowed[name] !== undefined)) return narrowed;
  throw new Rejection(
    'invalid',
    'MissingProvider',
    `A $filter with eq on ${names.join(' or ')} is required, for example: ${names[0]} eq '00000000-0000-0000-0000-000000000000'.`,
  );
};
