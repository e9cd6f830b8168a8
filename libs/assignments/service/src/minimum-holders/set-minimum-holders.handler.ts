import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { roleScheduleId, type Actor } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { roleScheduleAggregate } from '../streams';

/** Tells the guard of a role how many permanent holders it keeps; silent when it knows. */
export class SetMinimumHoldersCommand extends Command<void> {
  constructor(
    readonly roleDefinitionId: string,
    readonly minimum: number,
    readonly by: Actor,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SetMinimumHoldersCommand)
export class SetMinimumHoldersHandler implements ICommandHandler<SetMinimumHoldersCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ roleDefinitionId, minimum, by, context }: SetMinimumHoldersCommand): Promise<void> {
    const data = { roleDefinitionId, directoryScopeId: '/', minimum, by, now: this.clock.now() };
    const id = roleScheduleId(roleDefinitionId, '/');
    await this.journal.execute(roleScheduleAggregate, id, { type: 'SetMinimumHolders', data }, context);
  }
}
