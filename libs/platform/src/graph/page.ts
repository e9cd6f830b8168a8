import { everything, tokenBehind, toSort, type ODataQuery, type Sort } from '@pim/odata';
import type { EntitySet } from './entity-set';
import type { GraphRequest } from './graph-request';

/** A page when the client names no size; Microsoft documents none (reference §0.2). */
const defaultPage = 100;

/** How long a page is: what `$top` and the client's preference allow. */
export const limitOf = ({ top }: ODataQuery, { maxPageSize }: Pick<GraphRequest, 'maxPageSize'>): number =>
  Math.min(top ?? maxPageSize ?? defaultPage, maxPageSize ?? Infinity);

/**
 * The client's order; what it leaves equal is in the order of the log, in the same direction, where the set has one; and
 * then by id, so that no two are equal and a page's end is one place.
 */
export const sortOf = <D extends object>(query: ODataQuery, { schema, sequence }: EntitySet<D>): Sort => {
  const asked = toSort(query.orderBy, schema);
  const direction = asked.at(-1)?.[1] ?? 1;
  const id = schema.properties['id']?.field ?? 'id';
  return [...asked, ...(sequence ? [[sequence, direction] as const] : []), [id, 1]];
};

/** A page's documents, and the token that leads to the next one; null when there is none. */
export interface Page<D extends object> {
  readonly documents: readonly D[];
  readonly token: string | null;
}

/** A page of this length out of what was found, which is one more when there is a next page. */
export const cut = <D extends object>(found: readonly D[], limit: number, sort: Sort): Page<D> => {
  const documents = found.slice(0, limit);
  const last = documents.at(-1);
  return { documents, token: last && found.length > limit ? tokenBehind(last, sort) : null };
};

/** The query with what is expanded in any case. */
export const withInline = (query: ODataQuery, inline: readonly string[] = []): ODataQuery => {
  const missing = inline.filter((name) => !query.expand.some((expand) => expand.name === name));
  return { ...query, expand: [...query.expand, ...missing.map((name) => ({ name, query: everything }))] };
};
