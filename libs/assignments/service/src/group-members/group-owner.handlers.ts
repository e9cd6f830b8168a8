import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { under, type CommandContext } from '@pim/engine';
import { Principals } from '../principals/principals';

/** Makes somebody an owner of a group; answers false when they are one. Throws as `AddGroupMemberCommand`. */
export class AddGroupOwnerCommand extends Command<boolean> {
  constructor(
    readonly groupId: string,
    readonly ownerId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Ends an ownership; answers false when there is none. Throws `Request_BadRequest` for the last owner. */
export class RemoveGroupOwnerCommand extends Command<boolean> {
  constructor(
    readonly groupId: string,
    readonly ownerId: string,
    readonly context: CommandContext,
  ) {
    super();
  }
}

@CommandHandler(AddGroupOwnerCommand)
export class AddGroupOwnerHandler implements ICommandHandler<AddGroupOwnerCommand> {
  constructor(private readonly principals: Principals) {}

  async execute({ groupId, ownerId, context }: AddGroupOwnerCommand): Promise<boolean> {
    const data = { groupId, owner: await this.principals.joiner(ownerId), now: this.principals.now };
    const added = await this.principals.execute(groupId, { type: 'AddGroupOwner', data }, context);
    if (added) await this.takeBack(groupId, ownerId, context);
    return added;
  }

  /** Somebody who was deleted meanwhile is not left behind, as with members: nobody could take the last owner out. */
  private async takeBack(groupId: string, ownerId: string, context: CommandContext): Promise<void> {
    if ((await this.principals.joiner(ownerId)).type !== null) return;
    const data = { groupId, ownerId, isGone: true, now: this.principals.now };
    await this.principals.execute(groupId, { type: 'RemoveGroupOwner', data }, under(context, 'undo'));
  }
}

@CommandHandler(RemoveGroupOwnerCommand)
export class RemoveGroupOwnerHandler implements ICommandHandler<RemoveGroupOwnerCommand> {
  constructor(private readonly principals: Principals) {}

  async execute({ groupId, ownerId, context }: RemoveGroupOwnerCommand): Promise<boolean> {
    const data = { groupId, ownerId, isGone: false, now: this.principals.now };
    return this.principals.execute(groupId, { type: 'RemoveGroupOwner', data }, context);
  }
}
