import { Inject, Injectable } from '@nestjs/common';
import type { Documents, Filter } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  DOCUMENTS,
  GraphReader,
  lookUp,
  requestDenied,
  type EntitySet,
  type Expander,
  type GraphRequest,
} from '@pim/platform';
import { setOf } from './approval-sets';
import { ApprovalView, type SeenStep } from './approval-view';
import { approvalDocuments, type ApprovalDocument } from './approvals.projection';
import { approvalSchema, stageSchema, stepSchema } from './schemas';

/** A read model of another context, by name: its app keeps it here as well. */
const requests = 'requests.requests';

type Page = readonly Pick<ApprovalDocument, 'id'>[];
type Approvals = EntitySet<Page[number]>;

/** An approval's steps; null when it is none of the caller's business. */
type Seen = (approvalId: string) => Promise<readonly SeenStep[] | null>;

/** Answers GET on approvals: which of them from the read model, their steps from the log. */
@Injectable()
export class ApprovalReader {
  constructor(
    private readonly view: ApprovalView,
    private readonly reader: GraphReader,
    @Inject(DOCUMENTS) private readonly documents: Documents,
  ) {}

  /**
   * One page of a queue, without what the log keeps from the caller. Throws a `Rejection` for query options that cannot be
   * understood.
   */
  list(request: GraphRequest, queue: Filter): Promise<object> {
    const seen = this.seenBy(request);
    const set = { ...this.approvals(request, seen), prepare: (page: Page) => visible(page, seen) };
    return this.reader.list(request, set, { where: queue, ofFunction: true });
  }

  /** One approval. 404 for an unknown one, 403 for one that is none of the caller's business. */
  get(request: GraphRequest, id: string): Promise<object> {
    return this.reader.single(request, this.approvals(request, this.seenBy(request)), { id });
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

  /** The steps as the caller sees them, read once for each approval. */
  private seenBy(request: GraphRequest): Seen {
    const known = new Map<string, ReturnType<Seen>>();
    return (id) => {
      const steps = known.get(id) ?? this.view.stepsIfSeen(id, setOf(request), request);
      known.set(id, steps);
      return steps;
    };
  }

  private approvals(request: GraphRequest, seen: Seen): Approvals {
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
        [inline]: stepsIn(seen, () => true),
        pendingSteps: stepsIn(seen, isOpen),
        completedSteps: stepsIn(seen, (step) => !isOpen(step)),
        request: lookUp(this.documents, requests, 'id'),
      },
    };
  }
}

/** A read model chooses, and the log decides: one approval that it keeps from the caller must not keep the others. */
const visible = async (page: Page, seen: Seen): Promise<Page> => {
  const steps = await Promise.all(page.map(({ id }) => seen(id)));
  return page.filter((_, index) => steps[index] !== null);
};

const stepsIn =
  (seen: Seen, isWanted: (step: SeenStep) => boolean): Expander =>
  (page) =>
    Promise.all(
      (page as Page).map(async ({ id }) => {
        const steps = await seen(id);
        if (steps === null) throw requestDenied();
        return steps.filter(isWanted);
      }),
    );

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
