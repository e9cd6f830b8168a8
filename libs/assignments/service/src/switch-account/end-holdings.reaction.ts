import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { principalStream, type PrincipalEvent } from '@pim/contracts';
import type { CommandContext, Reaction } from '@pim/engine';
import { Holdings } from './holdings';

/** Looks again for what a disabled account holds: a grant may have slipped in while it was being switched off. */
export class EndHoldingsCommand extends Command<void> {
  constructor(
    readonly principalId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EndHoldingsCommand)
export class EndHoldingsHandler implements ICommandHandler<EndHoldingsCommand> {
  constructor(private readonly holdings: Holdings) {}

  execute({ principalId, context }: EndHoldingsCommand): Promise<void> {
    return this.holdings.endOthers(principalId, context);
  }
}

export const endHoldings: Reaction<PrincipalEvent, EndHoldingsCommand> = {
  name: 'end-holdings',
  source: principalStream,
  react: (event, context) =>
    event.type === 'PrincipalDisabled' ? [new EndHoldingsCommand(event.data.principalId, context)] : [],
};
