import { Inject, Injectable } from '@nestjs/common';
import type { Documents, Filter, Query } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  applyQuery,
  contextOf,
  nextLink,
  parseQuery,
  shape,
  skipTokenOf,
  toFilter,
  toSort,
  type ODataQuery,
} from '@pim/odata';
import { ReadModels } from '../read-models';
import { DOCUMENTS } from '../tokens';
import type { EntitySet } from './entity-set';
import type { GraphRequest } from './graph-request';

/** A page when the client names no size; Microsoft documents none (reference §0.2). */
const defaultPage = 100;

type Answer = Readonly<Record<string, unknown>>;

/** How a list differs from the plain one. */
export interface ListOptions {
  /** Narrows the set, for example to the caller's own. */
  readonly where?: Filter;
  /** A bound function's answer: its context names the type, and every item carries it (reference §0.2). */
  readonly ofFunction?: boolean;
}

/** A page's documents, with one more when there is a next page. */
interface Found<D extends object> {
  readonly query: ODataQuery;
  readonly options: ListOptions;
  readonly found: readonly D[];
  /** Of all that match, when the client asked for it. */
  readonly count: number;
}

/** Answers GET on entity sets: filter, sort, page, expand, select, and Graph's envelope around it. */
@Injectable()
export class GraphReader {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(ReadModels) private readonly readModels: ReadModels,
  ) {}

  /** One page. Throws a `Rejection` for query options that cannot be understood. */
  async list<D extends object>(request: GraphRequest, set: EntitySet<D>, options: ListOptions = {}): Promise<Answer> {
    const query = parseQuery(request.query, set.schema);
    const wanted = query.filter && ((await set.rewrite?.(query.filter)) ?? query.filter);
    const asked = wanted && toFilter(wanted, set.schema);
    const filter = all(set.where?.(request), options.where, asked);
    const { skip, limit } = windowOf(query);
    const found = await this.documents.find<D>(set.collection, {
      filter,
      sort: sortOf(query, set),
      skip,
      limit: limit + 1,
    });
    const count = query.count ? await this.documents.count(set.collection, filter) : 0;
    return this.page(request, set, { query, options, found, count });
  }

  /** The same for documents that are at hand: one person's own, as they see them. */
  async listOf<D extends object>(
    request: GraphRequest,
    set: EntitySet<D>,
    documents: readonly D[],
    options: ListOptions = {},
  ): Promise<Answer> {
    const query = parseQuery(request.query, set.schema);
    const { filter, orderBy } = query;
    const kept = applyQuery(documents, { ...(filter ? { filter } : {}), orderBy, skip: 0 }, set.schema);
    const { skip, limit } = windowOf(query);
    return this.page(request, set, { query, options, found: kept.slice(skip, skip + limit + 1), count: kept.length });
  }

  /** One entity by id; 404 when there is none or it is not for this caller. */
  get<D extends object>(request: GraphRequest, set: EntitySet<D>, id: string, where?: Filter): Promise<Answer> {
    const own = { [set.schema.properties['id']?.field ?? 'id']: id };
    return this.getWhere(request, set, where ? { $and: [own, where] } : own, id);
  }

  /** One entity right after it was written: waits until read models hold it. */
  async fresh<D extends object>(request: GraphRequest, set: EntitySet<D>, id: string): Promise<Answer> {
    await this.readModels.fresh();
    return this.get(request, set, id);
  }

  /** One entity by another key; `name` is what a 404 calls it. */
  async getWhere<D extends object>(
    request: GraphRequest,
    set: EntitySet<D>,
    where: Filter,
    name: string,
  ): Promise<Answer> {
    const query = parseQuery(request.query, set.schema);
    const document = await this.find(request, set, where, name);
    return this.single(request, set, document, query);
  }

  /** The document behind an entity; 404 as `get`. */
  async find<D extends object>(request: GraphRequest, set: EntitySet<D>, where: Filter, name: string): Promise<D> {
    const [document] = await this.documents.find<D>(set.collection, {
      filter: all(set.where?.(request), where),
      limit: 1,
    });
    if (!document)
      throw new Rejection('not-found', 'ResourceNotFound', `The resource '${name.slice(0, 100)}' does not exist.`);
    return document;
  }

  /** An entity that is at hand already, in the envelope of a single one; as the request's own options want it. */
  async single<D extends object>(
    request: GraphRequest,
    set: EntitySet<D>,
    document: D,
    query: ODataQuery = parseQuery(request.query, set.schema),
  ): Promise<Answer> {
    const [entity] = await this.entities(request, set, query, [document]);
    return { '@odata.context': `${request.base}/$metadata${contextOf(set.path, query, { entity: true })}`, ...entity };
  }

  private async page<D extends object>(
    request: GraphRequest,
    set: EntitySet<D>,
    { query, options, found, count }: Found<D>,
  ): Promise<Answer> {
    const { skip, limit } = windowOf(query);
    const entities = await this.entities(request, set, query, found.slice(0, limit));
    const more = found.length > limit && limit > 0;
    return {
      '@odata.context': listContext(request, set, query, options),
      ...(query.count ? { '@odata.count': count } : {}),
      ...(more ? { '@odata.nextLink': nextLink(request.url, skipTokenOf(skip + limit)) } : {}),
      value: options.ofFunction ? entities.map((entity) => typed(entity, set)) : entities,
    };
  }

  private async entities<D extends object>(
    request: GraphRequest,
    set: EntitySet<D>,
    query: ODataQuery,
    found: readonly D[],
  ): Promise<readonly object[]> {
    const documents = (await set.prepare?.(found)) ?? found;
    const expanded = await Promise.all(
      query.expand.map(async ({ name }) => {
        const expander = set.expand[name];
        return [name, expander ? await expander(documents, request) : documents.map(() => null)] as const;
      }),
    );
    return documents.map((document, index) => {
      const navigations = Object.fromEntries(expanded.map(([name, values]) => [name, values[index] ?? null]));
      return shape(set.entity?.(document, request) ?? document, query, set.schema, navigations);
    });
  }
}

/** Every condition that is given. */
const all = (...filters: readonly (Filter | undefined)[]): Filter => {
  const given = filters.filter((filter) => filter !== undefined);
  return given.length === 1 && given[0] ? given[0] : given.length === 0 ? {} : { $and: given };
};

/** Where a page begins and how long it is. */
const windowOf = ({ skip, skipToken, top }: ODataQuery): { readonly skip: number; readonly limit: number } => ({
  skip: skip + Number(skipToken ?? 0),
  limit: top ?? defaultPage,
});

const listContext = (
  { base }: GraphRequest,
  { path, schema }: Pick<EntitySet, 'path' | 'schema'>,
  query: ODataQuery,
  { ofFunction }: ListOptions,
): string =>
  `${base}/$metadata${ofFunction ? `#Collection(${schema.name})` : contextOf(path, query, { entity: false })}`;

/** An item of a bound function's answer says what it is. */
const typed = (entity: object, { schema }: Pick<EntitySet, 'schema'>): object => ({
  '@odata.type': `#microsoft.graph.${schema.name}`,
  ...entity,
});

type Sort = NonNullable<Query['sort']>;

/** The client's order; what it leaves equal is in the order of the log, in the same direction. */
const sortOf = (query: ODataQuery, { schema, sequence }: Pick<EntitySet, 'schema' | 'sequence'>): Sort => {
  const asked = toSort(query.orderBy, schema);
  return sequence ? [...asked, [sequence, asked.at(-1)?.[1] ?? 1]] : asked;
};
