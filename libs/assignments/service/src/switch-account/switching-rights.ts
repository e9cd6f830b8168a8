import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@pim/engine';
import {
  ADMINISTRATORS,
  CLOCK,
  DIRECTORY_ROLES,
  requireAdministrator,
  SCIM_PRIVILEGED,
  scopeNotGranted,
  type Caller,
  type DirectoryRoles,
} from '@pim/platform';
import { Privileged } from './privileged';

/** What an application needs for the accounts of privileged people, one of these; the route asks for the rest. */
const accepted = ['RoleManagement.ReadWrite.Directory', SCIM_PRIVILEGED];

/** Who may change or delete whose account. */
@Injectable()
export class SwitchingRights {
  constructor(
    private readonly privileged: Privileged,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
  ) {}

  /**
   * A privileged account is changed only by an administrator of roles, or an application that may manage them. Throws
   * 403 for others.
   */
  async require(principalId: string, caller: Caller): Promise<void> {
    if (!(await this.privileged.is(principalId))) return;
    if (caller.kind === 'user')
      return requireAdministrator(await this.roles.heldBy(caller.id, ADMINISTRATORS, this.clock.now()));
    if (!accepted.some((name) => caller.appRoles.includes(name))) throw scopeNotGranted(accepted);
  }
}
