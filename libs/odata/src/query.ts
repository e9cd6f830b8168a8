import type { Expand, ODataQuery } from './ast';
import { parseFilter } from './filter-parser';
import { limits } from './limits';
import { orderByOf, selectOf } from './lists';
import { countOf, readOptions, skipOf, topOf, type QueryParams } from './options';
import { parseSkipToken } from './paging';
import { badRequest, unknownProperty } from './refusal';
import { memberOf, type EntitySchema } from './schema';
import { splitOutside } from './split';

/** What a query without options asks for. */
export const everything: ODataQuery = { orderBy: [], skip: 0, count: false, expand: [] };

/** `a=1;b=2` between the parentheses of an expansion, as parameters; one given twice becomes a list. */
const nestedParams = (text: string): QueryParams => {
  const params = new Map<string, string[]>();
  for (const part of splitOutside(text, ';', '$expand')) {
    const equals = part.indexOf('=');
    if (equals < 0) throw badRequest(`'${part.slice(0, 200)}' inside $expand is no option; write it as $select=a,b.`);
    const name = part.slice(0, equals).trim();
    const option = name.startsWith('$') ? name : `$${name}`;
    params.set(option, [...(params.get(option) ?? []), part.slice(equals + 1)]);
  }
  return Object.fromEntries(params);
};

const expansion = (item: string, schema: EntitySchema, depth: number): Expand => {
  const opening = item.indexOf('(');
  const asked = opening < 0 ? item : item.slice(0, opening).trim();
  const member = memberOf(schema.navigations, asked);
  if (!member) throw unknownProperty(asked, schema);
  const [name, { to }] = member;
  if (opening < 0) return { name, query: everything };
  if (!item.endsWith(')')) throw badRequest(`Separate what follows ${name}(…) in $expand from it by a comma.`);
  const inner = item.slice(opening + 1, -1).trim();
  return { name, query: inner === '' ? everything : parseAt(nestedParams(inner), to(), depth + 1) };
};

const expandOf = (text: string, schema: EntitySchema, depth: number): readonly Expand[] => {
  if (depth > limits.expansions)
    throw badRequest(`$expand nests deeper than ${limits.expansions} levels; ask in several requests.`);
  const items = splitOutside(text, ',', '$expand');
  const all = Object.keys(schema.navigations ?? {});
  const named = items.filter((item) => item !== '*').map((item) => expansion(item, schema, depth));
  const names = named.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw badRequest(`$expand names ${twice} more than once; name it once.`);
  if (named.length === items.length) return named;
  return [...named, ...all.filter((name) => !names.includes(name)).map((name) => ({ name, query: everything }))];
};

/** An option that was given, read; nothing when it was not. */
const given = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
  text === undefined ? undefined : read(text);

const parseAt = (params: QueryParams, schema: EntitySchema, depth: number): ODataQuery => {
  const options = readOptions(params);
  return {
    filter: given(options.filter, (text) => parseFilter(text, schema)),
    orderBy: given(options.orderby, (text) => orderByOf(text, schema)) ?? [],
    top: given(options.top, topOf),
    skip: given(options.skip, skipOf) ?? 0,
    skipToken: given(options.skiptoken, parseSkipToken),
    count: given(options.count, countOf) ?? false,
    select: given(options.select, (text) => selectOf(text, schema)),
    expand: given(options.expand, (text) => expandOf(text, schema, depth)) ?? [],
  };
};

/**
 * Reads a request's OData options for one kind of entity (reference §0.3, §0.4). Everything in the result exists in the
 * schema, in canonical spelling. Throws nothing but Rejections: `BadRequest` for options and names, `InvalidFilter` for
 * what `$filter` and `$orderby` cannot do.
 */
export const parseQuery = (params: QueryParams, schema: EntitySchema): ODataQuery => parseAt(params, schema, 1);
