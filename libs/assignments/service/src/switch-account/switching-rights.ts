import { Inject, Injectable } from '@nestjs/common';
import { liveSchedulesOf } from '@pim/assignments/domain';
import { roleScheduleId } from '@pim/contracts';
import type { Clock, Documents, Journal } from '@pim/engine';
import {
  ADMINISTRATORS,
  CLOCK,
  DIRECTORY_ROLES,
  DOCUMENTS,
  groupsOf,
  JOURNAL,
  requireAdministrator,
  roleDefinitions,
  roleScheduleView,
  scopeNotGranted,
  type Caller,
  type DirectoryRoles,
  type RoleDefinitionDocument,
} from '@pim/platform';

/** What an application needs for the accounts of privileged people; `PATCH /users/{id}` asks for the rest. */
const managesRoles = 'RoleManagement.ReadWrite.Directory';

/** Who may switch whose account. */
@Injectable()
export class SwitchingRights {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
  ) {}

  /**
   * Whoever holds a privileged role or may activate one, now or later, themself or through a group, is switched only by
   * an administrator of roles, or an application that may manage them. Throws 403 for others.
   */
  async require(userId: string, caller: Caller): Promise<void> {
    if (!(await this.isPrivileged(userId))) return;
    if (caller.kind === 'user')
      return requireAdministrator(await this.roles.heldBy(caller.id, ADMINISTRATORS, this.clock.now()));
    if (!caller.appRoles.includes(managesRoles)) throw scopeNotGranted([managesRoles]);
  }

  /** Which roles there are comes from the catalogue, which hardly changes; who has them, from the log. */
  private async isPrivileged(userId: string): Promise<boolean> {
    const filter = { isPrivileged: true };
    const privileged = await this.documents.find<RoleDefinitionDocument>(roleDefinitions.collection, { filter });
    const has = await Promise.all(privileged.map(({ id }) => this.has(userId, id)));
    return has.includes(true);
  }

  private async has(userId: string, roleDefinitionId: string): Promise<boolean> {
    const { state } = await this.journal.load(roleScheduleView, roleScheduleId(roleDefinitionId, '/'));
    const holders = [userId, ...(await groupsOf(this.journal, state, userId))];
    return holders.some((id) => liveSchedulesOf(state, id, this.clock.now()).length > 0);
  }
}
