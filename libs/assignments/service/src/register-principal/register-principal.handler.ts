import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PrincipalRegistered } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { principalAggregate } from '../streams';

/** Everything a principal is known by. */
export type NewPrincipal = Omit<PrincipalRegistered['data'], 'at'>;

/** Makes a user, group or service principal known; silent when it is. */
export class RegisterPrincipalCommand extends Command<void> {
  constructor(
    readonly principal: NewPrincipal,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RegisterPrincipalCommand)
export class RegisterPrincipalHandler implements ICommandHandler<RegisterPrincipalCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ principal, context }: RegisterPrincipalCommand): Promise<void> {
    const command = { type: 'RegisterPrincipal' as const, data: { ...principal, now: this.clock.now() } };
    await this.journal.execute(principalAggregate, principal.principalId, command, context);
  }
}
