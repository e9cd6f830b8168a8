import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext } from '@pim/engine';
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
    return this.principals.execute(groupId, { type: 'AddGroupOwner', data }, context);
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
