import { Inject, Injectable } from '@nestjs/common';
import {
  ADMINISTRATORS,
  DIRECTORY_ROLES,
  requireAdministrator,
  SCIM_PRIVILEGED,
  scopeNotGranted,
  type Caller,
  type DirectoryRoles,
} from '@pim/platform';
import { Principals } from '../principals/principals';
import { Privileged } from './privileged';
import { Reports } from './reports';

/** What an application needs for the accounts of privileged people, one of these; the route asks for the rest. */
const accepted = ['RoleManagement.ReadWrite.Directory', SCIM_PRIVILEGED];

/** Who may change or delete whose account. */
@Injectable()
export class SwitchingRights {
  constructor(
    private readonly privileged: Privileged,
    private readonly reports: Reports,
    private readonly principals: Principals,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
  ) {}

  /**
   * A privileged account is changed only by an administrator of roles, or an application that may manage them. Throws
   * 403 for others.
   */
  async require(principalId: string, caller: Caller): Promise<void> {
    if (await this.privileged.is(principalId)) await this.requireForPrivileged(caller);
  }

  /**
   * Whoever gets another manager takes everybody below them along: the manager's manager of a privileged one approves for
   * them as well. Throws 403 unless the caller may change each of those, and where they are too many to look at, all of
   * them. Silent for the manager they have.
   */
  async requireToSetManager(userId: string, managerId: string | null, caller: Caller): Promise<void> {
    const state = await this.principals.load(userId);
    if (state.status !== 'known' || state.attributes.managerId === managerId) return;
    if (await this.isAnyPrivilegedBelow(userId)) await this.requireForPrivileged(caller);
  }

  private async isAnyPrivilegedBelow(userId: string): Promise<boolean> {
    const below = await this.reports.below(userId);
    if (below === null) return true;
    for (const id of below) if (await this.privileged.is(id)) return true;
    return false;
  }

  private async requireForPrivileged(caller: Caller): Promise<void> {
    if (caller.kind === 'user')
      return requireAdministrator(await this.roles.heldBy(caller.id, ADMINISTRATORS, this.principals.now));
    if (!accepted.some((name) => caller.appRoles.includes(name))) throw scopeNotGranted(accepted);
  }
}
