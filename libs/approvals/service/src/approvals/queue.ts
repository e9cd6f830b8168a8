import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Documents, Filter } from '@pim/engine';
import { CLOCK, Delegators, DOCUMENTS, selfAndGroups } from '@pim/platform';
import { Approvers } from '../decide/approvers';

/** Which approvals wait for somebody. For answers; what counts when one is decided is the log. */
@Injectable()
export class Queue {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly approvers: Approvers,
    private readonly delegators: Delegators,
  ) {}

  /** Those somebody may decide, for themselves or for whoever delegated to them. */
  async of(me: string): Promise<Filter> {
    const people = [me, ...(await this.delegators.of(me, this.clock.now()))];
    const theirs = await Promise.all(people.map((id) => this.for(id)));
    return { $and: [{ $or: theirs }, { isOpen: true }, notInvolving(me)] };
  }

  /** The ids under which somebody may be named as an approver: their own and those of their groups. */
  idsOf(userId: string): Promise<readonly string[]> {
    return selfAndGroups(this.documents, userId, this.clock.now());
  }

  private async for(userId: string): Promise<Filter> {
    const [ids, isDefault] = await Promise.all([this.idsOf(userId), this.approvers.isDefaultApprover(userId)]);
    const named = { approverIds: { $in: ids } };
    const mine = isDefault ? { $or: [named, { isForDefaultApprovers: true }] } : named;
    return { $and: [mine, notInvolving(userId)] };
  }
}

/** Nobody decides about a request of their own or under settings of their own: it is not in their queue (reference §4.13). */
const notInvolving = (userId: string): Filter => ({
  principalId: { $ne: userId },
  createdById: { $ne: userId },
  policyAuthorIds: { $ne: userId },
});
