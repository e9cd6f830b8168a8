import { Body, Controller, Get, HttpCode, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Filter } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { applyQuery, contextOf, parseQuery, shape } from '@pim/odata';
import { Graph, graphPaths, guid, requireOn, type GraphRequest } from '@pim/platform';
import { Approvers } from '../decide/approvers';
import { DecideStepDto } from '../decide/decide-step.dto';
import { DecideStepCommand } from '../decide/decide-step.handler';
import { ApprovalReader, approvalsPath } from './approval-reader';
import { ApprovalView } from './approval-view';
import { stepSchema } from './schemas';

/** Microsoft has these in beta only; serving them under v1.0 as well breaks nobody (reference §1.7.1). */
@Controller(graphPaths(approvalsPath))
export class ApprovalsController {
  constructor(
    private readonly reader: ApprovalReader,
    private readonly view: ApprovalView,
    private readonly approvers: Approvers,
    private readonly commands: CommandBus,
  ) {}

  @Get('filterByCurrentUser/:on')
  async mine(@Param('on') on: string, @Graph() request: GraphRequest): Promise<object> {
    const queue = await this.queue(requireOn(on, ['approver', 'target', 'createdBy']), request.caller.id);
    return this.reader.list(request, queue);
  }

  @Get(':id')
  get(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<object> {
    return this.reader.get(request, id);
  }

  @Get(':id/steps')
  async steps(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<object> {
    const query = parseQuery(request.query, stepSchema);
    const steps = applyQuery([await this.view.step(id, request)], query, stepSchema);
    const context = contextOf(`${approvalsPath}('${id}')/steps`, query, { entity: false });
    return {
      '@odata.context': `${request.base}/$metadata${context}`,
      value: steps.map((step) => shape(step, query, stepSchema)),
    };
  }

  @Get(':id/steps/:stepId')
  async step(
    @Param('id', guid) id: string,
    @Param('stepId', guid) stepId: string,
    @Graph() request: GraphRequest,
  ): Promise<object> {
    requireStep(id, stepId);
    const query = parseQuery(request.query, stepSchema);
    const step = await this.view.step(id, request);
    const context = contextOf(`${approvalsPath}('${id}')/steps`, query, { entity: true });
    return { '@odata.context': `${request.base}/$metadata${context}`, ...shape(step, query, stepSchema) };
  }

  @Patch(':id/steps/:stepId')
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
