import { Inject, Injectable } from '@nestjs/common';
import { isProtectedGroup } from '@pim/assignments/domain';
import type { Clock, Journal } from '@pim/engine';
import {
  ADMINISTRATORS,
  CLOCK,
  DIRECTORY_ROLES,
  GROUP_ADMINISTRATORS,
  JOURNAL,
  ownsByRight,
  requestDenied,
  scopeNotGranted,
  type Caller,
  type DirectoryRoles,
} from '@pim/platform';
import { ObjectIds } from './object-ids';

/** What a caller needs besides for protected groups, as Graph demands it for those that may hold roles. */
const managesRoles = 'RoleManagement.ReadWrite.Directory';

/**
 * Who may change which group: who puts somebody into one that holds a role gives them the role, and into one that settings
 * name as approver, a say in who gets a role.
 */
@Injectable()
export class GroupRights {
  constructor(
    private readonly objectIds: ObjectIds,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(JOURNAL) private readonly journal: Journal,
  ) {}

  /** Throws 403 unless the caller may make such a group. */
  async requireToCreate(isAssignableToRole: boolean, caller: Caller): Promise<void> {
    this.requirePermission(isAssignableToRole, caller);
    await this.requireRole(isAssignableToRole, caller);
  }

  /**
   * Throws 404 when there is no such group, and 403 unless the caller may change it: who administers such groups, and
   * its owners.
   */
  async requireToChange(groupId: string, caller: Caller): Promise<void> {
    const now = this.clock.now();
    const isProtected = isProtectedGroup(await this.objectIds.known(groupId, 'group'), now);
    this.requirePermission(isProtected, caller);
    if (!(await ownsByRight(this.journal, groupId, caller.id, now))) await this.requireRole(isProtected, caller);
  }

  private requirePermission(isProtected: boolean, { kind, scopes, appRoles }: Caller): void {
    if (!isProtected) return;
    if (!(kind === 'user' ? scopes : appRoles).includes(managesRoles)) throw scopeNotGranted([managesRoles]);
  }

  /** An application needs no role: its permission suffices. */
  private async requireRole(isProtected: boolean, { kind, id }: Caller): Promise<void> {
    if (kind === 'application') return;
    const accepted = isProtected ? ADMINISTRATORS : GROUP_ADMINISTRATORS;
    if ((await this.roles.heldBy(id, accepted, this.clock.now())).length === 0) throw requestDenied();
  }
}
