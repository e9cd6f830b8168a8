import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '@pim/engine';
import type { Joining } from '@pim/platform';
import { SecondLook, type Granted } from './second-look';

/** Takes a grant back that should not have been made beside a role it must be apart from. */
export class SettleGrantCommand extends Command<void> {
  constructor(
    readonly granted: Granted,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The same of somebody who came into a group. */
export class SettleMemberCommand extends Command<void> {
  constructor(
    readonly joining: Joining,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(SettleGrantCommand)
export class SettleGrantHandler implements ICommandHandler<SettleGrantCommand> {
  constructor(private readonly separated: SecondLook) {}

  async execute({ granted, context }: SettleGrantCommand): Promise<void> {
    await this.separated.atGrant(granted, context);
  }
}

@CommandHandler(SettleMemberCommand)
export class SettleMemberHandler implements ICommandHandler<SettleMemberCommand> {
  constructor(private readonly separated: SecondLook) {}

  async execute({ joining, context }: SettleMemberCommand): Promise<void> {
    await this.separated.atMember(joining, context);
  }
}
