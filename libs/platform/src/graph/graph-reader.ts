import { Inject, Injectable } from '@nestjs/common';
import type { Documents, Filter } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  applyQuery,
  behind,
  comparing,
  contextOf,
  isBehind,
  nextLink,
  parseQuery,
  shape,
  toFilter,
  type FilterNode,
  type ODataQuery,
} from '@pim/odata';
import { expandAll } from './expansion';
import { withLookUps } from './look-ups';
import { cut, limitOf, sortOf, withInline, type Page } from './page';
import { ReadModels } from '../read-models';
import { DOCUMENTS } from '../tokens';
import type { EntitySet } from './entity-set';
import type { GraphRequest } from './graph-request';

type Answer = Readonly<Record<string, unknown>>;

/** How a list differs from the plain one. */
export interface ListOptions {
  /** Narrows the set, for example to the caller's own. */
  readonly where?: Filter;
  /** A bound function's answer: its context names the type, and every item carries it (reference §0.2). */
  readonly ofFunction?: boolean;
}

/** A page, what was asked, and of how many it is when that was asked. */
interface Answered<D extends object> extends Page<D> {
  readonly query: ODataQuery;
  readonly options: ListOptions;
  readonly count: number | null;
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
    const node = await this.filterOf(query, set);
    const filter = all(set.where?.(request), options.where, node && toFilter(node, set.schema));
    const sort = sortOf(query, set);
    const limit = limitOf(query, request);
    const found = await this.documents.find<D>(set.collection, {
      filter: query.skipToken ? all(filter, behind(query.skipToken, sort)) : filter,
      sort,
      skip: query.skip,
      limit: limit + 1,
    });
    const count = query.count ? await this.documents.count(set.collection, filter) : null;
    return this.page(request, set, { ...cut(found, limit, sort), query, options, count });
  }

  /** The same for documents that are at hand: one person's own, as they see them. */
  async listOf<D extends object>(
    request: GraphRequest,
    set: EntitySet<D>,
    documents: readonly D[],
    options: ListOptions = {},
  ): Promise<Answer> {
    const query = parseQuery(request.query, set.schema);
    const filter = await this.filterOf(query, set);
    const sort = sortOf(query, set);
    const limit = limitOf(query, request);
    const kept = applyQuery(documents, { filter }, set.schema).toSorted(comparing(sort));
    const rest = query.skipToken ? kept.filter(isBehind(query.skipToken, sort)) : kept;
    const found = rest.slice(query.skip, query.skip + limit + 1);
    return this.page(request, set, { ...cut(found, limit, sort), query, options, count: kept.length });
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

  /** The client's filter, as documents can answer it. */
  private async filterOf<D extends object>(query: ODataQuery, set: EntitySet<D>): Promise<FilterNode | undefined> {
    if (!query.filter) return undefined;
    const near = await withLookUps(this.documents, query.filter, set.schema);
    return set.rewrite ? set.rewrite(near) : near;
  }

  private async page<D extends object>(
    request: GraphRequest,
    set: EntitySet<D>,
    { query, options, documents, token, count }: Answered<D>,
  ): Promise<Answer> {
    const entities = await this.entities(request, set, query, documents);
    return {
      '@odata.context': listContext(request, set, query, options),
      ...(query.count ? { '@odata.count': count } : {}),
      ...(token === null ? {} : { '@odata.nextLink': nextLink(request.url, token) }),
      value: options.ofFunction ? entities.map((entity) => typed(entity, set)) : entities,
    };
  }

  private async entities<D extends object>(
    request: GraphRequest,
    set: EntitySet<D>,
    asked: ODataQuery,
    found: readonly D[],
  ): Promise<readonly object[]> {
    const documents = (await set.prepare?.(found)) ?? found;
    const query = withInline(asked, set.inline);
    const expanded = await expandAll(documents, query.expand, set.expand, request);
    return documents.map((document, index) => {
      const entity = set.entity?.(document, request) ?? document;
      const place = `${request.base}/$metadata#${set.path}('${keyOf(entity)}')`;
      return shape(entity, query, set.schema, { expanded: expanded[index] ?? {}, place });
    });
  }
}

const keyOf = (entity: object): string => String(Reflect.get(entity, 'id')).replaceAll("'", "''");

/** Every condition that is given. */
const all = (...filters: readonly (Filter | undefined)[]): Filter => {
  const given = filters.filter((filter) => filter !== undefined);
  return given.length === 1 && given[0] ? given[0] : given.length === 0 ? {} : { $and: given };
};

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
