import { Inject, Injectable } from '@nestjs/common';
import type { ApprovalTerms } from '@pim/contracts';
import type { Clock, Documents, Journal } from '@pim/engine';
import {
  administers,
  CLOCK,
  DIRECTORY_ROLES,
  DOCUMENTS,
  isMember,
  JOURNAL,
  selfAndGroups,
  type DirectoryRoles,
} from '@pim/platform';

/** Who may decide (reference §3.4): the designated approvers, or Global and Privileged Role Administrators by default. */
@Injectable()
export class Approvers {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    @Inject(DOCUMENTS) private readonly documents: Documents,
  ) {}

  /** From the log, never from a read model: it decides who may say yes. */
  async includes({ approvers }: ApprovalTerms, userId: string): Promise<boolean> {
    if (approvers.length === 0) return this.isDefaultApprover(userId);
    for (const { type, id } of approvers) {
      if (type === 'singleUser' && id === userId) return true;
      if (type === 'groupMembers' && (await isMember(this.journal, id, userId, this.clock.now()))) return true;
    }
    return false;
  }

  /** Whether this user decides where no approver is named. */
  isDefaultApprover(userId: string): Promise<boolean> {
    return administers(this.roles, userId, this.clock.now());
  }

  /** The ids under which somebody may be named as an approver: their own and those of their groups. */
  idsOf(userId: string): Promise<readonly string[]> {
    return selfAndGroups(this.documents, userId, this.clock.now());
  }
}
