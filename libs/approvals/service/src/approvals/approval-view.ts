import { Inject, Injectable } from '@nestjs/common';
import { isAssignedTo, stepOf, type ApprovalState, type ApprovalStep } from '@pim/approvals/domain';
import { accessIdOf } from '@pim/contracts';
import type { Clock, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { actorOf, AssignmentRights, CLOCK, JOURNAL, type GraphRequest } from '@pim/platform';
import { isIn, type ApprovalSet } from './approval-sets';
import { Approvers } from '../decide/approvers';
import { approvals } from '../streams';

type Opened = Extract<ApprovalState, { terms: unknown }>;

/** An approval's step, as somebody sees it. */
export interface SeenStep extends Omit<ApprovalStep, 'reviewedBy'> {
  readonly assignedToMe: boolean;
  readonly reviewedBy: { readonly id: string; readonly displayName: null } | null;
}

/** Approvals as one caller sees them, from the log. */
@Injectable()
export class ApprovalView {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly approvers: Approvers,
    private readonly rights: AssignmentRights,
  ) {}

  /** The approval's one step. 404 for an unknown approval, 403 for one that is none of the caller's business. */
  async step(approvalId: string, set: ApprovalSet, request: GraphRequest): Promise<SeenStep> {
    const { state } = await this.journal.load(approvals, approvalId);
    const step = stepOf(state, this.clock.now());
    if (!step || !('terms' in state) || !isIn(set, state.order))
      throw new Rejection('not-found', 'ResourceNotFound', `There is no approval ${approvalId.slice(0, 100)}.`);
    const assignedToMe = await this.isAssigned(state, request);
    if (!assignedToMe) await this.requireInterest(state, request);
    const reviewedBy = step.reviewedBy && { id: step.reviewedBy.id, displayName: null };
    return { ...step, assignedToMe, reviewedBy };
  }

  private async isAssigned(state: Opened, { caller }: GraphRequest): Promise<boolean> {
    return isAssignedTo(state, actorOf(caller), await this.approvers.includes(state.terms, caller.id));
  }

  private requireInterest({ order }: Opened, { caller }: GraphRequest): Promise<void> {
    const groupId = accessIdOf(order.roleDefinitionId) === null ? null : order.directoryScopeId;
    return this.rights.requireReader(caller, { principalId: order.principalId, createdById: order.actor.id, groupId });
  }
}
