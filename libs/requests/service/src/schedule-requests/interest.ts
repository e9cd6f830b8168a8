import { Inject, Injectable } from '@nestjs/common';
import type { Clock, Documents, Filter, Journal } from '@pim/engine';
import { AssignmentRights, CLOCK, DOCUMENTS, isMember, JOURNAL, selfAndGroups, type Caller } from '@pim/platform';
import type { RequestDocument } from './requests.projection';

export type Relation = 'principal' | 'createdBy' | 'approver';

/** Which requests are whose business. */
@Injectable()
export class Interest {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly rights: AssignmentRights,
  ) {}

  /** The requests somebody is the principal, the creator or an approver of (reference §1.3). */
  async filter(on: Relation, me: string): Promise<Filter> {
    if (on === 'principal') return { principalId: me };
    if (on === 'createdBy') return { createdById: me };
    const named = { approverIds: { $in: await selfAndGroups(this.documents, me, this.clock.now()) } };
    const byDefault = { needsApproval: true, hasApprovers: false, isOfGroup: false };
    const approver = (await this.rights.administersRoles(me)) ? { $or: [named, byDefault] } : named;
    return { $and: [approver, { principalId: { $ne: me } }] };
  }

  /** Throws 403 unless the request is about the caller, sent by them or for them to approve, or they may read all. */
  async require(caller: Caller, request: RequestDocument): Promise<void> {
    if (await this.isApprover(caller, request)) return;
    await this.rights.requireReader(caller, request);
  }

  /**
   * Named alone or through a group, by the log; the default approvers may read all requests anyway. Applications approve
   * nothing (reference §3.4).
   */
  private async isApprover({ id, kind }: Caller, { approverIds }: RequestDocument): Promise<boolean> {
    if (kind !== 'user') return false;
    if (approverIds.includes(id)) return true;
    const now = this.clock.now();
    const member = await Promise.all(approverIds.map((groupId) => isMember(this.journal, groupId, id, now)));
    return member.includes(true);
  }
}
