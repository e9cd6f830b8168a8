import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '@pim/engine';
import { RoleHoldings } from './role-holdings';

/** Ends what was granted of a role in the moment it was deleted. */
export class EndRoleHoldingsCommand extends Command<void> {
  constructor(
    readonly roleDefinitionId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EndRoleHoldingsCommand)
export class EndRoleHoldingsHandler implements ICommandHandler<EndRoleHoldingsCommand> {
  constructor(private readonly holdings: RoleHoldings) {}

  execute({ roleDefinitionId, context }: EndRoleHoldingsCommand): Promise<void> {
    return this.holdings.end(roleDefinitionId, context);
  }
}
