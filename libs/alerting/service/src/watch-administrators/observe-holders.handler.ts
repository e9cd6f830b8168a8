import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { lastAdministratorAlertId, permanentHolders } from '@pim/alerting/domain';
import { roleScheduleId } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { alertAggregate, permanentHolding } from '../streams';

/** Looks at who holds a protected role permanently; silent when that changes no alert. */
export class ObserveHoldersCommand extends Command<void> {
  constructor(
    readonly roleDefinitionId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ObserveHoldersCommand)
export class ObserveHoldersHandler implements ICommandHandler<ObserveHoldersCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ roleDefinitionId, context }: ObserveHoldersCommand): Promise<void> {
    const now = this.clock.now();
    const { state } = await this.journal.load(permanentHolding, roleScheduleId(roleDefinitionId, '/'));
    const data = { roleDefinitionId, holders: permanentHolders(state, now), now };
    await this.journal.execute(
      alertAggregate,
      lastAdministratorAlertId(roleDefinitionId),
      { type: 'ObserveHolders', data },
      context,
    );
  }
}
