import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, Journal } from '@pim/engine';
import { JOURNAL } from '@pim/platform';
import type { RequestCommand } from '@pim/requests/domain';
import { requestAggregate } from '../streams';

/** How a request went on: one of the domain's records of it. */
export type Outcome = Exclude<RequestCommand, { type: 'SubmitRequest' | 'RefuseRequest' | 'CancelRequest' }>;

/** Puts on record how a request went on, learnt from another context; silent when it had ended already. */
export class RecordOutcomeCommand extends Command<void> {
  constructor(
    readonly requestId: string,
    readonly outcome: Outcome,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RecordOutcomeCommand)
export class RecordOutcomeHandler implements ICommandHandler<RecordOutcomeCommand> {
  constructor(@Inject(JOURNAL) private readonly journal: Journal) {}

  async execute({ requestId, outcome, context }: RecordOutcomeCommand): Promise<void> {
    await this.journal.execute(requestAggregate, requestId, outcome, context);
  }
}
