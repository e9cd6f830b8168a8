import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Documents, Filter } from '@pim/engine';
import { AssignmentRights, CLOCK, DOCUMENTS, requestDenied, selfAndGroups, type Caller } from '@pim/platform';
import { RequestApprovers } from './request-approvers';
import type { RequestDocument } from './requests.projection';

export type Relation = 'principal' | 'createdBy' | 'approver';

/** Which requests are whose business. */
@Injectable()
export class Interest {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly rights: AssignmentRights,
    private readonly approvers: RequestApprovers,
  ) {}

  /** The requests somebody is the principal, the creator or an approver of, or stands in for one (reference §1.3). */
  async filter(on: Relation, me: string): Promise<Filter> {
    if (on === 'principal') return { principalId: me };
    if (on === 'createdBy') return { createdById: me };
    const people = await this.approvers.behind(me);
    const theirs = await Promise.all(people.map((id) => this.approvedBy(id)));
    return { $and: [{ $or: theirs }, { principalId: { $ne: me } }] };
  }

  /**
   * Throws 403 unless the request is about the caller, sent by them or for them to approve, for themselves or for whoever
   * delegated to them, or they may read all.
   */
  async require(caller: Caller, request: RequestDocument): Promise<void> {
    // Applications approve nothing (reference §3.4).
    const isUser = caller.kind === 'user';
    if (isUser && (await this.approvers.isNamed(caller.id, request))) return;
    if (await this.rights.isReader(caller, request)) return;
    if (!isUser || !(await this.approvers.isStandIn(caller.id, request))) throw requestDenied();
  }

  private async approvedBy(userId: string): Promise<Filter> {
    const named = { approverIds: { $in: await selfAndGroups(this.documents, userId, this.clock.now()) } };
    const byDefault = { needsApproval: true, hasApprovers: false, isOfGroup: false };
    const approver = (await this.rights.administersRoles(userId)) ? { $or: [named, byDefault] } : named;
    return { $and: [approver, { principalId: { $ne: userId } }] };
  }
}
