import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '@pim/engine';
import type { Joining } from '@pim/platform';
import { SecondLook, type Granted } from './second-look';
import { SeparatedPairs } from './separated-pairs';

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

/** Looks again at a pair whose declaration was interrupted before it could. */
export class SettlePairCommand extends Command<void> {
  constructor(
    readonly pairId: string,
    readonly roleDefinitionIds: readonly [string, string],
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Withdraws the pairs of a role that was deleted. */
export class WithdrawPairsOfRoleCommand extends Command<void> {
  constructor(
    readonly roleDefinitionId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(WithdrawPairsOfRoleCommand)
export class WithdrawPairsOfRoleHandler implements ICommandHandler<WithdrawPairsOfRoleCommand> {
  constructor(private readonly pairs: SeparatedPairs) {}

  async execute({ roleDefinitionId, context }: WithdrawPairsOfRoleCommand): Promise<void> {
    const data = { roleDefinitionId, by: context.actor, now: this.pairs.now };
    await this.pairs.record({ type: 'WithdrawPairsOfRole', data }, context);
  }
}

@CommandHandler(SettlePairCommand)
export class SettlePairHandler implements ICommandHandler<SettlePairCommand> {
  constructor(private readonly pairs: SeparatedPairs) {}

  async execute({ pairId, roleDefinitionIds, context }: SettlePairCommand): Promise<void> {
    await this.pairs.settle(pairId, roleDefinitionIds, context);
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
