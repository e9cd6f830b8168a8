import { Rejection } from '@pim/kernel';
import { parseQuery, type FilterNode } from '@pim/odata';
import type { EntitySet, GraphRequest } from '@pim/platform';

/** Every property that a filter compares, wherever in it. */
const comparedIn = (node: FilterNode): readonly string[] => {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.flatMap(comparedIn);
    case 'not':
      return comparedIn(node.node);
    case 'compare':
    case 'in':
      return [node.path.join('/')];
    default:
      return [];
  }
};

/**
 * Graph lists policies, and their assignments, only with a filter that narrows them (reference §1.8): by all properties
 * of one of these alternatives. Throws 400 otherwise, and for a filter that cannot be read.
 */
export const requireFilter = (
  { query }: GraphRequest,
  { schema }: Pick<EntitySet, 'schema'>,
  alternatives: readonly (readonly string[])[],
): void => {
  const { filter } = parseQuery(query, schema);
  const compared = filter ? comparedIn(filter) : [];
  if (alternatives.some((names) => names.every((name) => compared.includes(name)))) return;
  throw new Rejection(
    'invalid',
    'BadRequest',
    `A $filter on ${alternatives.map((names) => names.join(' and ')).join(', or on ')} is required, for example: scopeId eq '/' and scopeType eq 'DirectoryRole'.`,
  );
};
