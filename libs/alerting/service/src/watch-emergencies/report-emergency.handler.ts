import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { emergencyAlertId, type EmergencyCommand } from '@pim/alerting/domain';
import type { CommandContext, Journal } from '@pim/engine';
import { JOURNAL } from '@pim/platform';
import { alertAggregate } from '../streams';

/** Alerts to emergency access, or ends the alert; silent when that has happened. */
export class ReportEmergencyCommand extends Command<void> {
  constructor(
    readonly command: EmergencyCommand,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(ReportEmergencyCommand)
export class ReportEmergencyHandler implements ICommandHandler<ReportEmergencyCommand> {
  constructor(@Inject(JOURNAL) private readonly journal: Journal) {}

  async execute({ command, context }: ReportEmergencyCommand): Promise<void> {
    await this.journal.execute(alertAggregate, emergencyAlertId(command.data.requestId), command, context);
  }
}
