import { Body, Controller, Get, HttpCode, Inject, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Documents, Filter } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { contextOf, parseQuery, shape, type EntitySchema } from '@pim/odata';
import { DOCUMENTS, Graph, graphPaths, property, requireOn, type GraphRequest } from '@pim/platform';
import { Approvers } from '../decide/approvers';
import { DecideStepDto } from '../decide/decide-step.dto';
import { DecideStepCommand } from '../decide/decide-step.handler';
import { ApprovalView } from './approval-view';
import { approvalDocuments, type ApprovalDocument } from './approvals.projection';

const { text, flag, instant } = property;

const stepSchema: EntitySchema = {
  name: 'approvalStep',
  properties: {
    id: text,
    displayName: text,
    reviewedDateTime: instant,
    reviewResult: text,
    status: text,
    assignedToMe: flag,
    justification: text,
    reviewedBy: { type: 'complex', of: { id: text, displayName: text } },
  },
};

const approvalSchema: EntitySchema = {
  name: 'approval',
  properties: { id: text },
  navigations: { steps: { to: () => stepSchema, many: true } },
};

const path = 'roleManagement/directory/roleAssignmentApprovals';
/** Microsoft has these in beta only; serving them under v1.0 as well breaks nobody (reference §1.7.1). */
const paths = graphPaths(path);
/** Steps are there even when nobody asked to expand them (reference §1.7.1). */
const withSteps = { $expand: 'steps' };

@Controller(paths)
export class ApprovalsController {
  constructor(
    private readonly view: ApprovalView,
    private readonly approvers: Approvers,
    private readonly commands: CommandBus,
    @Inject(DOCUMENTS) private readonly documents: Documents,
  ) {}

  @Get('filterByCurrentUser/:on')
  async mine(@Param('on') on: string, @Graph() request: GraphRequest): Promise<object> {
    const filter = await this.queue(requireOn(on, ['approver', 'target', 'createdBy']), request.caller.id);
    const found = await this.documents.find<ApprovalDocument>(approvalDocuments.collection, { filter, limit: 999 });
    const value = await Promise.all(found.map(async ({ id }) => this.approval(id, request)));
    return {
      '@odata.context': `${request.base}/$metadata#Collection(approval)`,
      value: value.map((approval) => ({ '@odata.type': '#microsoft.graph.approval', ...approval })),
    };
  }

  @Get(':id')
  async get(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    const context = contextOf(path, parseQuery(request.query, approvalSchema), { entity: true });
    return { '@odata.context': `${request.base}/$metadata${context}`, ...(await this.approval(id, request)) };
  }

  @Get(':id/steps')
  async steps(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    const query = parseQuery(request.query, stepSchema);
    const step = await this.view.step(id, request);
    const context = contextOf(`${path}('${id}')/steps`, query, { entity: false });
    return { '@odata.context': `${request.base}/$metadata${context}`, value: [shape(step, query, stepSchema)] };
  }

  @Get(':id/steps/:stepId')
  async step(
    @Param('id') id: string,
    @Param('stepId') stepId: string,
    @Graph() request: GraphRequest,
  ): Promise<object> {
    requireStep(id, stepId);
    const query = parseQuery(request.query, stepSchema);
    const step = await this.view.step(id, request);
    const context = contextOf(`${path}('${id}')/steps`, query, { entity: true });
    return { '@odata.context': `${request.base}/$metadata${context}`, ...shape(step, query, stepSchema) };
  }

  @Patch(':id/steps/:stepId')
  @HttpCode(204)
  decide(
    @Param('id') id: string,
    @Param('stepId') stepId: string,
    @Body() answer: DecideStepDto,
    @Graph() request: GraphRequest,
  ): Promise<void> {
    requireStep(id, stepId);
    return this.commands.execute(new DecideStepCommand(id, answer, request));
  }

  private async approval(id: string, request: GraphRequest): Promise<object> {
    const steps = [await this.view.step(id, request)];
    const query = parseQuery({ ...withSteps, ...request.query }, approvalSchema);
    const context = `${request.base}/$metadata#${path}('${id}')/steps`;
    return shape({ id }, query, approvalSchema, { 'steps@odata.context': context, steps });
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
