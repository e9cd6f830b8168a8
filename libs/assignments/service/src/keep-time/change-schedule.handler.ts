import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isProtectedRole, roleScheduleId, type Actor } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { roleScheduleAggregate } from '../streams';

/** A schedule and the guard stream it is in. */
export interface ScheduleRef {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly scheduleId: string;
}

export type ScheduleChange =
  | { readonly type: 'StartSchedule' | 'ExpireSchedule' }
  | { readonly type: 'CancelScheduled'; readonly requestId: string; readonly by: Actor };

/** Start, end or withdrawal of one schedule; silent when it has happened or no longer can. */
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
  ) {}

  async execute({ schedule, change, context }: ChangeScheduleCommand): Promise<void> {
    const { roleDefinitionId, directoryScopeId, scheduleId } = schedule;
    const now = this.clock.now();
    const isProtected = isProtectedRole(roleDefinitionId, directoryScopeId);
    const command =
      change.type === 'CancelScheduled'
        ? { type: change.type, data: { scheduleId, requestId: change.requestId, by: change.by, isProtected, now } }
        : { type: change.type, data: { scheduleId, now } };
    await this.journal.execute(
      roleScheduleAggregate,
      roleScheduleId(roleDefinitionId, directoryScopeId),
      command,
      context,
    );
  }
}
