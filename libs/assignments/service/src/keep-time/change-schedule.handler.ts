import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { RoleScheduleCommand } from '@pim/assignments/domain';
import { isProtectedRole, roleScheduleId, type Actor, type Instant, type ReminderDays } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { NarrowedOrders } from '../carry-out-order/narrowed-orders';
import { roleScheduleAggregate } from '../streams';

/** A schedule and the guard stream it is in. */
export interface ScheduleRef {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly scheduleId: string;
}

export type ScheduleChange =
  | { readonly type: 'StartSchedule' | 'ExpireSchedule' }
  | { readonly type: 'RemindOfEnd'; readonly daysLeft: ReminderDays }
  | { readonly type: 'CancelScheduled'; readonly requestId: string; readonly by: Actor };

/** Start, end, withdrawal of one schedule, or a reminder of its end; silent when it has happened or no longer can. */
export class ChangeScheduleCommand extends Command<void> {
  constructor(
    readonly schedule: ScheduleRef,
    readonly change: ScheduleChange,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ChangeScheduleCommand)
export class ChangeScheduleHandler implements ICommandHandler<ChangeScheduleCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly narrowed: NarrowedOrders,
  ) {}

  async execute({ schedule: asked, change, context }: ChangeScheduleCommand): Promise<void> {
    // A request says the scope that was asked for; its approver may have narrowed that.
    const narrowedTo = change.type === 'CancelScheduled' ? await this.narrowed.scopeOf(asked, asked.scheduleId) : null;
    const schedule = narrowedTo === null ? asked : { ...asked, directoryScopeId: narrowedTo };
    const { roleDefinitionId, directoryScopeId } = schedule;
    const id = roleScheduleId(roleDefinitionId, directoryScopeId);
    await this.journal.execute(roleScheduleAggregate, id, commandFor(schedule, change, this.clock.now()), context);
  }
}

const commandFor = (schedule: ScheduleRef, change: ScheduleChange, now: Instant): RoleScheduleCommand => {
  const { roleDefinitionId, directoryScopeId, scheduleId } = schedule;
  switch (change.type) {
    case 'CancelScheduled': {
      const { type, requestId, by } = change;
      const isProtected = isProtectedRole(roleDefinitionId, directoryScopeId);
      return { type, data: { scheduleId, requestId, by, isProtected, now } };
    }
    case 'RemindOfEnd':
      return { type: change.type, data: { scheduleId, daysLeft: change.daysLeft, now } };
    default:
      return { type: change.type, data: { scheduleId, now } };
  }
};
