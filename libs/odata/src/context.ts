import type { ODataQuery } from './ast';

type Shown = Pick<ODataQuery, 'select' | 'expand'>;

const listOf = ({ select = [], expand }: Shown): string =>
  [...select, ...expand.map(({ name, query }) => `${name}(${listOf(query)})`)].join(',');

/** What was selected and expanded, in the client's order and in parentheses; empty when that was nothing. */
export const shownOf = (query: Shown): string => {
  const list = listOf(query);
  return list === '' ? '' : `(${list})`;
};

/**
 * The fragment of `@odata.context` behind `$metadata`, from `#` on (reference §0.2): the set's path, what was selected
 * and expanded in the client's order, and `/$entity` for a single entity: `#set(id,policy(rules()))/$entity`.
 */
export const contextOf = (path: string, query: Shown, { entity }: { readonly entity: boolean }): string =>
  `#${path}${shownOf(query)}${entity ? '/$entity' : ''}`;
