import { Inject, Injectable } from '@nestjs/common';
import type { Documents, Filter } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { DOCUMENTS, GraphReader, lookUp, type EntitySet, type Expander, type GraphRequest } from '@pim/platform';
import { setOf, type ApprovalSet } from './approval-sets';
import { ApprovalView, type SeenStep } from './approval-view';
import { approvalDocuments, type ApprovalDocument } from './approvals.projection';
import { approvalSchema, stageSchema, stepSchema } from './schemas';

/** A read model of another context, by name: its app keeps it here as well. */
const requests = 'requests.requests';

type Approvals = EntitySet<Pick<ApprovalDocument, 'id'>>;

/** Answers GET on approvals: which of them from the read model, their steps from the log. */
@Injectable()
export class ApprovalReader {
  constructor(
    private readonly view: ApprovalView,
    private readonly reader: GraphReader,
    @Inject(DOCUMENTS) private readonly documents: Documents,
  ) {}

  /** One page of a queue. Throws a `Rejection` for query options that cannot be understood. */
  list(request: GraphRequest, queue: Filter): Promise<object> {
    return this.reader.list(request, this.approvals(request), { where: queue, ofFunction: true });
  }

  /** One approval. 404 for an unknown one, 403 for one that is none of the caller's business. */
  get(request: GraphRequest, id: string): Promise<object> {
    return this.reader.single(request, this.approvals(request), { id });
  }

  /** An approval's steps, in the order in which they are asked. 404 and 403 as `get`. */
  async steps(request: GraphRequest, id: string): Promise<object> {
    return this.reader.listOf(request, containedIn(request, id), await this.view.steps(id, setOf(request), request));
  }

  /** One of them. 404 and 403 as `get`. */
  async step(request: GraphRequest, id: string, stepId: string): Promise<object> {
    const steps = await this.view.steps(id, setOf(request), request);
    const step = steps.find((one) => one.id === stepId);
    if (!step)
      throw new Rejection('not-found', 'ResourceNotFound', `The approval has no step ${stepId.slice(0, 100)}.`);
    return this.reader.single(request, containedIn(request, id), step);
  }

  private approvals(request: GraphRequest): Approvals {
    const set = setOf(request);
    const inline = set.inline(request.version);
    const isOpen = ({ status }: SeenStep): boolean => status === 'InProgress' || status === 'Initializing';
    return {
      path: set.path,
      collection: approvalDocuments.collection,
      schema: approvalSchema(request.version, set),
      where: () => ({ isOfGroup: set.isOfGroup }),
      entity: ({ id }) => ({ id }),
      // Steps are there even when nobody asked to expand them (reference §1.7.1).
      inline: [inline],
      expand: {
        [inline]: this.stepsOf(set, () => true),
        pendingSteps: this.stepsOf(set, isOpen),
        completedSteps: this.stepsOf(set, (step) => !isOpen(step)),
        request: lookUp(this.documents, requests, 'id'),
      },
    };
  }

  private stepsOf(set: ApprovalSet, isWanted: (step: SeenStep) => boolean): Expander {
    return (page, request) =>
      Promise.all(
        (page as readonly { readonly id: string }[]).map(async ({ id }) =>
          (await this.view.steps(id, set, request)).filter(isWanted),
        ),
      );
  }
}

/** An approval's steps, under the name the route has for them. */
const containedIn = (request: GraphRequest, id: string): EntitySet => {
  const name = request.path.includes('stages') ? 'stages' : 'steps';
  return {
    path: `${setOf(request).path}('${id}')/${name}`,
    collection: approvalDocuments.collection,
    schema: name === 'stages' ? stageSchema : stepSchema,
    sequence: 'number',
    expand: {},
  };
};
