import { Body, Controller, Get, HttpCode, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Filter } from '@pim/engine';
import { Graph, graphPaths, guid, requireOn, type GraphRequest } from '@pim/platform';
import { DecideStepDto } from '../decide/decide-step.dto';
import { DecideStepCommand } from '../decide/decide-step.handler';
import { ApprovalReader } from './approval-reader';
import { groupApprovals, roleApprovals, setOf } from './approval-sets';
import { Queue } from './queue';

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
    private readonly queue: Queue,
    private readonly commands: CommandBus,
  ) {}

  @Get(sets.map((set) => `${set}/filterByCurrentUser/:on`))
  async mine(@Param('on') on: string, @Graph() request: GraphRequest): Promise<object> {
    const filter = await this.filter(requireOn(on, ['approver', 'target', 'createdBy']), request.caller.id);
    return this.reader.list(request, filter);
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
    return this.reader.step(request, id, stepId);
  }

  @Patch(steps.map((path) => `${path}/:stepId`))
  @HttpCode(204)
  decide(
    @Param('id', guid) id: string,
    @Param('stepId', guid) stepId: string,
    @Body() answer: DecideStepDto,
    @Graph() request: GraphRequest,
  ): Promise<void> {
    return this.commands.execute(
      new DecideStepCommand({ approvalId: id, stepId, ...answer }, setOf(request), request.context),
    );
  }

  private async filter(on: 'approver' | 'target' | 'createdBy', me: string): Promise<Filter> {
    if (on === 'target') return { principalId: me };
    if (on === 'createdBy') return { createdById: me };
    return this.queue.of(me);
  }
}
