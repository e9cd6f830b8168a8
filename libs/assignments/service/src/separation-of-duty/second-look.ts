import { Inject, Injectable } from '@nestjs/common';
import type { Clash } from '@pim/assignments/domain';
import { isProtectedRole, roleScheduleId, type ScheduleOrder } from '@pim/contracts';
import { under, type Clock, type CommandContext, type Journal } from '@pim/engine';
import { CLOCK, JOURNAL, Separation, type Joining } from '@pim/platform';
import { principalAggregate, roleScheduleAggregate } from '../streams';

/** What was granted, by the order that asked for it. */
export type Granted = Pick<
  ScheduleOrder,
  'requestId' | 'kind' | 'action' | 'principalId' | 'roleDefinitionId' | 'directoryScopeId'
>;

/**
 * Takes back what was given in the moment in which somebody else gave a role that must be apart from it: either may have
 * looked before the other was there to be found, so each looks once more after it. Of two at once neither may be left.
 */
@Injectable()
export class SecondLook {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly separation: Separation,
  ) {}

  /** Answers whether it ended the grant. Throws `Conflict` for a last administrator. */
  async atGrant(granted: Granted, context: CommandContext): Promise<boolean> {
    const now = this.clock.now();
    const clashes = await this.separation.clashesOf(granted, now);
    if (clashes.length === 0) return false;
    const { requestId: scheduleId, roleDefinitionId, directoryScopeId } = granted;
    const isProtected = isProtectedRole(roleDefinitionId, directoryScopeId);
    const data = { scheduleId, clashes, isProtected, by: context.actor, now };
    const id = roleScheduleId(roleDefinitionId, directoryScopeId);
    const command = { type: 'EndSeparated' as const, data };
    const { events } = await this.journal.execute(roleScheduleAggregate, id, command, under(context, 'apart'));
    return events.length > 0;
  }

  /** Takes a member out again; answers what stood in the way, and nothing where it may stay. */
  async atMember(joining: Joining, context: CommandContext): Promise<readonly Clash[]> {
    const now = this.clock.now();
    const clashes = await this.separation.clashesOfMember(joining, now);
    if (clashes.length === 0) return [];
    const command = { type: 'TakeBackMember' as const, data: { ...joining, clashes, by: context.actor, now } };
    await this.journal.execute(principalAggregate, joining.groupId, command, under(context, 'apart'));
    return clashes;
  }
}
