import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Clock, CommandContext, Journal } from '@pim/engine';
import { CLOCK, JOURNAL } from '@pim/platform';
import { principalAggregate } from '../streams';

/** Puts somebody into a group; silent when they are in it. */
export class AddGroupMemberCommand extends Command<void> {
  constructor(
    readonly groupId: string,
    readonly memberId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AddGroupMemberCommand)
export class AddGroupMemberHandler implements ICommandHandler<AddGroupMemberCommand> {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async execute({ groupId, memberId, context }: AddGroupMemberCommand): Promise<void> {
    const command = { type: 'AddGroupMember' as const, data: { groupId, memberId, now: this.clock.now() } };
    await this.journal.execute(principalAggregate, groupId, command, context);
  }
}
