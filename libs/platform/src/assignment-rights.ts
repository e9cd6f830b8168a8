import { Inject, Injectable } from '@nestjs/common';
import { isProtectedGroup } from '@pim/assignments/domain';
import type { Clock, Journal } from '@pim/engine';
import { accessIdOf, type ScheduleOrder } from '@pim/contracts';
import {
  administers,
  ADMINISTRATORS,
  DIRECTORY_ROLES,
  GROUP_ADMINISTRATORS,
  READERS,
  requestDenied,
  type Caller,
  type DirectoryRoles,
} from './auth';
import { principalView } from './directory-roles';
import { ownsByRight } from './places-by-right';
import { CLOCK, JOURNAL } from './tokens';

type Subject = Pick<ScheduleOrder, 'roleDefinitionId' | 'directoryScopeId'>;

/** Whose something is: what a list is narrowed to, or what a document says. `groupId` null: it is about a role. */
export interface Whose {
  readonly principalId?: string | null;
  readonly createdById?: string | null;
  readonly groupId?: string | null;
}

const groupReaders: readonly string[] = [...new Set([...READERS, ...GROUP_ADMINISTRATORS])];

/** Who may say, and see, who holds what: a role, or a place in a group (reference §1.9, §4.3). From the log, never a read model. */
@Injectable()
export class AssignmentRights {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
  ) {}

  /** Whether a user may decide about this role at its scope, or about this relationship to a group. */
  administers({ roleDefinitionId, directoryScopeId }: Subject, userId: string): Promise<boolean> {
    if (accessIdOf(roleDefinitionId) !== null) return this.administersGroup(directoryScopeId, userId);
    return this.administersRoles(userId);
  }

  /** Whether a user decides about directory roles. */
  administersRoles(userId: string): Promise<boolean> {
    return administers(this.roles, userId, this.clock.now());
  }

  /**
   * Its owners and, by role, those who administer groups; of a protected group, only those who administer roles: whoever
   * can change its members can become an administrator, or choose who approves for them. False for a group that is not
   * there.
   */
  async administersGroup(groupId: string, userId: string): Promise<boolean> {
    const { state } = await this.journal.load(principalView, groupId);
    if (state.status !== 'known') return false;
    const now = this.clock.now();
    if (await ownsByRight(this.journal, groupId, userId, now)) return true;
    const accepted = isProtectedGroup(state, now) ? ADMINISTRATORS : GROUP_ADMINISTRATORS;
    return (await this.roles.heldBy(userId, accepted, now)).length > 0;
  }

  /**
   * Whether it is the caller's own, or they may read all of it by role; of a group also whoever decides about it. An
   * application's permission was checked at the door.
   */
  async isReader(caller: Caller, { principalId, createdById, groupId = null }: Whose): Promise<boolean> {
    if (caller.kind === 'application' || [principalId, createdById].includes(caller.id)) return true;
    const accepted = groupId === null ? READERS : groupReaders;
    if ((await this.roles.heldBy(caller.id, accepted, this.clock.now())).length > 0) return true;
    return groupId !== null && (await this.administersGroup(groupId, caller.id));
  }

  /** Throws 403 unless `isReader`. */
  async requireReader(caller: Caller, whose: Whose): Promise<void> {
    if (!(await this.isReader(caller, whose))) throw requestDenied();
  }
}
