import { Body, Controller, Get, HttpCode, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Filter } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { Graph, graphPaths, guid, requireOn, type GraphRequest } from '@pim/platform';
import { Approvers } from '../decide/approvers';
import { DecideStepDto } from '../decide/decide-step.dto';
import { DecideStepCommand } from '../decide/decide-step.handler';
import { ApprovalReader } from './approval-reader';
import { groupApprovals, roleApprovals } from './approval-sets';

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
    private readonly approvers: Approvers,
    private readonly commands: CommandBus,
  ) {}

  @Get(sets.map((set) => `${set}/filterByCurrentUser/:on`))
  async mine(@Param('on') on: string, @Graph() request: GraphRequest): Promise<object> {
    const queue = await this.queue(requireOn(on, ['approver', 'target', 'createdBy']), request.caller.id);
    return this.reader.list(request, queue);
  }

  @Get(sets.map((set) => `${set}/:id`))
  get(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<object> {
    return this.reader.get(request, id);
  }

  @Get(steps)
  steps(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<object> {
    return this.reader.steps(request, id);
  }

  @Get(steps.map((path) => `${path}/:stepId`))
  step(
    @Param('id', guid) id: string,
    @Param('stepId', guid) stepId: string,
    @Graph() request: GraphRequest,
  ): Promise<object> {
    requireStep(id, stepId);
    return this.reader.step(request, id);
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

/** An approval has one step, and its id is the approval's (reference §4.2). */
const requireStep = (id: string, stepId: string): void => {
  if (id !== stepId)
    throw new Rejection('not-found', 'ResourceNotFound', `The approval has no step ${stepId.slice(0, 100)}.`);
};
