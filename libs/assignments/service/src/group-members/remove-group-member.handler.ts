import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '@pim/engine';
import { Departures } from '../leave/departures';
import { Principals } from '../principals/principals';

/**
 * Takes somebody out of a group or administrative unit; answers false when they are not in it. What they activated
 * through the group has ended when this is answered (reference §4.9). Throws `Request_ResourceNotFound`.
 */
export class RemoveGroupMemberCommand extends Command<boolean> {
  constructor(
    readonly groupId: string,
    readonly memberId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(RemoveGroupMemberCommand)
export class RemoveGroupMemberHandler implements ICommandHandler<RemoveGroupMemberCommand> {
  constructor(
    private readonly principals: Principals,
    private readonly departures: Departures,
  ) {}

  async execute({ groupId, memberId, context }: RemoveGroupMemberCommand): Promise<boolean> {
    const data = { groupId, memberId, now: this.principals.now };
    const removed = await this.principals.execute(groupId, { type: 'RemoveGroupMember', data }, context);
    await this.departures.end({ groupId, memberId }, context);
    return removed;
  }
}
