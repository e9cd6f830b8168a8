import { Inject, Injectable } from '@nestjs/common';
import { isAssignedTo, stepOf, type ApprovalState } from '@pim/approvals/domain';
import type { Clock, Journal } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  actorOf,
  CLOCK,
  DIRECTORY_ROLES,
  DIRECTORY_ROLE,
  JOURNAL,
  requireSubjectOrReader,
  type DirectoryRoles,
  type GraphRequest,
} from '@pim/platform';
import { Approvers } from '../decide/approvers';
import { approvals } from '../streams';

type Opened = Extract<ApprovalState, { terms: unknown }>;

/** Approvals as one caller sees them, from the log. */
@Injectable()
export class ApprovalView {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    private readonly approvers: Approvers,
  ) {}

  /** The approval's one step. 404 for an unknown approval, 403 for one that is none of the caller's business. */
  async step(approvalId: string, request: GraphRequest): Promise<object> {
    const { state } = await this.journal.load(approvals, approvalId);
    if (!('terms' in state))
      throw new Rejection('not-found', 'ResourceNotFound', `There is no approval ${approvalId.slice(0, 100)}.`);
    const assignedToMe = await this.isAssigned(state, request);
    if (!assignedToMe) await this.requireInterest(state, request);
    const step = stepOf(state, this.clock.now());
    const reviewedBy = step?.reviewedBy && { id: step.reviewedBy.id, displayName: null };
    return { ...step, assignedToMe, reviewedBy };
  }

  private async isAssigned(state: Opened, { caller }: GraphRequest): Promise<boolean> {
    return isAssignedTo(state, actorOf(caller), await this.approvers.includes(state.terms, caller.id));
  }

  private async requireInterest({ order }: Opened, { caller }: GraphRequest): Promise<void> {
    const readers = Object.values(DIRECTORY_ROLE);
    const held = await this.roles.heldBy(caller.id, readers, this.clock.now());
    requireSubjectOrReader(caller, held, [order.principalId, order.actor.id]);
  }
}
