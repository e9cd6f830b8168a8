import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Instant } from '@pim/contracts';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, DIRECTORY_ROLES, JOURNAL, type DirectoryRoles } from '@pim/platform';
import { delegationAggregate } from '../streams';

/** What an approver hands over. */
export interface Handover {
  readonly delegationId: string;
  readonly delegateId: string;
  /** null: now. */
  readonly start: Instant | null;
  readonly end: Instant;
  readonly justification: string;
}

/** Lets somebody answer for the actor for a while. Throws what the delegation refuses. */
export class DelegateCommand extends Command<void> {
  constructor(
    readonly handover: Handover,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(DelegateCommand)
export class DelegateHandler implements ICommandHandler<DelegateCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
  ) {}

  async execute({ handover, context }: DelegateCommand): Promise<void> {
    const now = this.clock.now();
    const data = {
      ...handover,
      start: handover.start ?? now,
      isDelegateKnown: (await this.roles.accountKind(handover.delegateId)) === 'user',
      by: context.actor,
      now,
    };
    await this.journal.execute(delegationAggregate, context.actor.id, { type: 'StartDelegation', data }, context);
  }
}

/** Takes a delegation back; silent when it is over. */
export class EndDelegationCommand extends Command<void> {
  constructor(
    readonly delegationId: string,
    readonly delegatorId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(EndDelegationCommand)
export class EndDelegationHandler implements ICommandHandler<EndDelegationCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ delegationId, delegatorId, context }: EndDelegationCommand): Promise<void> {
    const data = { delegationId, delegatorId, by: context.actor, now: this.clock.now() };
    await this.journal.execute(delegationAggregate, delegatorId, { type: 'EndDelegation', data }, context);
  }
}
