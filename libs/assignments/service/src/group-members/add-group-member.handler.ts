import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { under, type CommandContext } from '@pim/engine';
import { Principals } from '../principals/principals';

/**
 * Puts somebody into a group or administrative unit; answers false when they are in it. Throws
 * `Request_ResourceNotFound` or `Request_BadRequest` for what is not there or cannot be in it.
 */
export class AddGroupMemberCommand extends Command<boolean> {
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
  constructor(private readonly principals: Principals) {}

  async execute({ groupId, memberId, context }: AddGroupMemberCommand): Promise<boolean> {
    const member = await this.principals.joiner(memberId);
    const data = { groupId, member, now: this.principals.now };
    const added = await this.principals.execute(groupId, { type: 'AddGroupMember', data }, context);
    if (added) await this.takeBack(groupId, memberId, context);
    return added;
  }

  /** Somebody who was deleted meanwhile is not left behind: their deletion may have looked for groups before. */
  private async takeBack(groupId: string, memberId: string, context: CommandContext): Promise<void> {
    if ((await this.principals.joiner(memberId)).type !== null) return;
    const data = { groupId, memberId, now: this.principals.now };
    await this.principals.execute(groupId, { type: 'RemoveGroupMember', data }, under(context, 'undo'));
  }
}
