import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { violatedBy } from '@pim/assignments/domain';
import type { CommandContext } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { nothingLeft } from '../nothing-left';
import { SeparatedPairs } from './separated-pairs';

/**
 * Declares that nobody may have two roles together. Throws 400 for what is no pair of roles, 409 for one that is declared
 * and while somebody has both, whom the message names.
 */
export class DeclarePairCommand extends Command<void> {
  constructor(
    readonly pairId: string,
    readonly roleDefinitionIds: readonly [string, string],
    readonly reason: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Withdraws a declaration. Throws 404 for one that is not there. */
export class WithdrawPairCommand extends Command<void> {
  constructor(
    readonly pairId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DeclarePairCommand)
export class DeclarePairHandler implements ICommandHandler<DeclarePairCommand> {
  constructor(private readonly pairs: SeparatedPairs) {}

  async execute({ pairId, roleDefinitionIds, reason, context }: DeclarePairCommand): Promise<void> {
    const [unknown, violators] = await Promise.all([
      this.pairs.unknown(roleDefinitionIds),
      this.pairs.violators(roleDefinitionIds),
    ]);
    const data = { pairId, roleDefinitionIds, reason, unknown, violators, by: context.actor, now: this.pairs.now };
    const [event] = await this.pairs.record({ type: 'DeclarePair', data }, context);
    if (event?.type === 'SeparationOfDutyRefused') throw new Rejection('conflict', event.data.code, event.data.message);
    const late = await this.pairs.settle(pairId, roleDefinitionIds, context);
    if (await this.pairs.has(pairId)) return;
    if (late.length === 0) throw nothingLeft;
    const { code, message } = violatedBy(late);
    throw new Rejection('conflict', code, message);
  }
}

@CommandHandler(WithdrawPairCommand)
export class WithdrawPairHandler implements ICommandHandler<WithdrawPairCommand> {
  constructor(private readonly pairs: SeparatedPairs) {}

  async execute({ pairId, context }: WithdrawPairCommand): Promise<void> {
    await this.pairs.get(pairId);
    const data = { pairId, by: context.actor, now: this.pairs.now };
    await this.pairs.record({ type: 'WithdrawPair', data }, context);
  }
}
