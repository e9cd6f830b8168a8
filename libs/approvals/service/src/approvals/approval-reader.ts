import { Inject, Injectable } from '@nestjs/common';
import type { Documents, Filter } from '@pim/engine';
import {
  contextOf,
  everything,
  nextLink,
  parseQuery,
  shape,
  skipTokenOf,
  toFilter,
  toSort,
  type ODataQuery,
} from '@pim/odata';
import { DOCUMENTS, lookUp, type GraphRequest } from '@pim/platform';
import type { ApprovalSet } from './approval-sets';
import { ApprovalView } from './approval-view';
import { approvalDocuments, type ApprovalDocument } from './approvals.projection';
import { approvalSchema } from './schemas';

/** A page when the client names no size. */
const defaultPage = 100;

/** Requests are a read model of another service, read here by name: read models of one installation share a database. */
const requests = 'requests.requests';

/** Steps are there even when nobody asked to expand them (reference §1.7.1). */
const withSteps = (asked: ODataQuery, inline: string): ODataQuery =>
  asked.expand.some(({ name }) => name === inline)
    ? asked
    : { ...asked, expand: [...asked.expand, { name: inline, query: everything }] };

/** Answers GET on approvals: which of them from the read model, their steps from the log. */
@Injectable()
export class ApprovalReader {
  constructor(
    private readonly view: ApprovalView,
    @Inject(DOCUMENTS) private readonly documents: Documents,
  ) {}

  /** One page of a queue. Throws a `Rejection` for query options that cannot be understood. */
  async list(request: GraphRequest, set: ApprovalSet, queue: Filter): Promise<object> {
    const { collection } = approvalDocuments;
    const schema = approvalSchema(request.version, set);
    const query = withSteps(parseQuery(request.query, schema), set.inline(request.version));
    const own = { $and: [queue, { isOfGroup: set.isOfGroup }] };
    const filter = query.filter ? { $and: [own, toFilter(query.filter, schema)] } : own;
    const skip = query.skip + Number(query.skipToken ?? 0);
    const limit = query.top ?? defaultPage;
    const sort = toSort(query.orderBy, schema);
    const found = await this.documents.find<ApprovalDocument>(collection, { filter, sort, skip, limit: limit + 1 });
    const page = found.slice(0, limit);
    const hasMore = found.length > limit && limit > 0;
    const value = await Promise.all(page.map(({ id }) => this.entity(id, { request, set, query })));
    return {
      '@odata.context': `${request.base}/$metadata#Collection(approval)`,
      ...(query.count ? { '@odata.count': await this.documents.count(collection, filter) } : {}),
      ...(hasMore ? { '@odata.nextLink': nextLink(request.url, skipTokenOf(skip + limit)) } : {}),
      value: value.map((approval) => ({ '@odata.type': '#microsoft.graph.approval', ...approval })),
    };
  }

  /** One approval. 404 for an unknown one, 403 for one that is none of the caller's business. */
  async get(request: GraphRequest, set: ApprovalSet, id: string): Promise<object> {
    const asked = parseQuery(request.query, approvalSchema(request.version, set));
    const context = contextOf(set.path, asked, { entity: true });
    const query = withSteps(asked, set.inline(request.version));
    const approval = await this.entity(id, { request, set, query });
    return { '@odata.context': `${request.base}/$metadata${context}`, ...approval };
  }

  private async entity(id: string, { request, set, query }: Asked): Promise<object> {
    const step = await this.view.step(id, set, request);
    const isAsked = query.expand.some(({ name }) => name === 'request');
    const [about] = isAsked ? await lookUp(this.documents, requests, 'id')([{ id }], request) : [null];
    const inline = set.inline(request.version);
    const context = `${request.base}/$metadata#${set.path}('${id}')/${inline}`;
    const expanded = {
      [`${inline}@odata.context`]: context,
      [inline]: [step],
      pendingSteps: step.status === 'InProgress' ? [step] : [],
      completedSteps: step.status === 'InProgress' ? [] : [step],
      request: about,
    };
    return shape({ id }, query, approvalSchema(request.version, set), expanded);
  }
}

/** For whom an approval is made out, and with what of it. */
interface Asked {
  readonly request: GraphRequest;
  readonly set: ApprovalSet;
  readonly query: ODataQuery;
}
