import { Body, Controller, Get, HttpCode, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Filter } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { applyQuery, contextOf, parseQuery, shape } from '@pim/odata';
import { Graph, graphPaths, guid, requireOn, type GraphRequest } from '@pim/platform';
import { Approvers } from '../decide/approvers';
import { DecideStepDto } from '../decide/decide-step.dto';
import { DecideStepCommand } from '../decide/decide-step.handler';
import { ApprovalReader } from './approval-reader';
import { groupApprovals, roleApprovals, setOf } from './approval-sets';
import { ApprovalView } from './approval-view';
import { stageSchema, stepSchema } from './schemas';

const sets = [roleApprovals.path, groupApprovals.path];

/** Groups have steps under either name in either version: one sample mixes them up (reference §1.7.2). */
const steps = [
  `${roleApprovals.path}/:id/steps`,
  `${groupApprovals.path}/:id/steps`,
  `${groupApprovals.path}/:id/stages`,
];

/** Microsoft has those of roles in beta only; serving them under v1.0 as well breaks nobody (reference §1.7.1). */
@Controller(graphPaths(''))
export class ApprovalsController {
  constructor(
    private readonly reader: ApprovalReader,
    private readonly view: ApprovalView,
    private readonly approvers: Approvers,
    private readonly commands: CommandBus,
  ) {}

  @Get(sets.map((set) => `${set}/filterByCurrentUser/:on`))
  async mine(@Param('on') on: string, @Graph() request: GraphRequest): Promise<object> {
    const queue = await this.queue(requireOn(on, ['approver', 'target', 'createdBy']), request.caller.id);
    return this.reader.list(request, setOf(request), queue);
  }

  @Get(sets.map((set) => `${set}/:id`))
  get(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<object> {
    return this.reader.get(request, setOf(request), id);
  }

  @Get(steps)
  async steps(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<object> {
    const { schema, path } = containedIn(request, id);
    const query = parseQuery(request.query, schema);
    const found = applyQuery([await this.view.step(id, setOf(request), request)], query, schema);
    return {
      '@odata.context': `${request.base}/$metadata${contextOf(path, query, { entity: false })}`,
      value: found.map((step) => shape(step, query, schema)),
    };
  }

  @Get(steps.map((path) => `${path}/:stepId`))
  async step(
    @Param('id', guid) id: string,
    @Param('stepId', guid) stepId: string,
    @Graph() request: GraphRequest,
  ): Promise<object> {
    requireStep(id, stepId);
    const { schema, path } = containedIn(request, id);
    const query = parseQuery(request.query, schema);
    const step = await this.view.step(id, setOf(request), request);
    const context = contextOf(path, query, { entity: true });
    return { '@odata.context': `${request.base}/$metadata${context}`, ...shape(step, query, schema) };
  }

  @Patch(steps.map((path) => `${path}/:stepId`))
  @HttpCode(204)
  decide(
    @Param('id', guid) id: string,
    @Param('stepId', guid) stepId: string,
    @Body() answer: DecideStepDto,
    @Graph() request: GraphRequest,
  ): Promise<void> {
    requireStep(id, stepId);
    return this.commands.execute(new DecideStepCommand(id, answer, request));
  }

  private async queue(on: 'approver' | 'target' | 'createdBy', me: string): Promise<Filter> {
    if (on === 'target') return { principalId: me };
    if (on === 'createdBy') return { createdById: me };
    const [ids, isDefault] = await Promise.all([this.approvers.idsOf(me), this.approvers.isDefaultApprover(me)]);
    const named = { approverIds: { $in: ids } };
    const mine = isDefault ? { $or: [named, { hasApprovers: false }] } : named;
    // Nobody decides about a request of their own, so it is not in their queue either (reference §4.13).
    return { $and: [mine, { isOpen: true, principalId: { $ne: me }, createdById: { $ne: me } }] };
  }
}

/** Where an approval's steps are, under the name the route has for them. */
const containedIn = (request: GraphRequest, id: string) => {
  const name = request.path.includes('stages') ? 'stages' : 'steps';
  return { schema: name === 'stages' ? stageSchema : stepSchema, path: `${setOf(request).path}('${id}')/${name}` };
};

/** An approval has one step, and its id is the approval's (reference §4.2). */
const requireStep = (id: string, stepId: string): void => {
  if (id !== stepId)
    throw new Rejection('not-found', 'ResourceNotFound', `The approval has no step ${stepId.slice(0, 100)}.`);
};
