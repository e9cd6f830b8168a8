import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { separationRefusal, type Clash } from '@pim/assignments/domain';
import { under, type CommandContext } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { Separation } from '@pim/platform';
import { Principals } from '../principals/principals';
import { SecondLook } from '../separation-of-duty/second-look';

/**
 * Puts somebody into a group or administrative unit; answers false when they are in it. Throws
 * `Request_ResourceNotFound` or `Request_BadRequest` for what is not there or cannot be in it, and
 * `RoleAssignmentRequestPolicyValidationFailed` where the group's roles must be apart from theirs, which is on record.
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
  constructor(
    private readonly principals: Principals,
    private readonly separation: Separation,
    private readonly separated: SecondLook,
  ) {}

  async execute({ groupId, memberId, context }: AddGroupMemberCommand): Promise<boolean> {
    const member = await this.principals.joiner(memberId);
    const { now } = this.principals;
    const clashes = await this.separation.clashesOfMember({ groupId, memberId }, now);
    const data = { groupId, member, clashes, by: context.actor, now };
    const [event] = await this.principals.record(groupId, { type: 'AddGroupMember', data }, context);
    if (event?.type === 'GroupMemberRefused') throw new Rejection('invalid', event.data.code, event.data.message);
    if (event) await this.takeBack(groupId, memberId, context);
    else if (context.isRepeated) await this.requireIn(groupId, memberId, clashes);
    return event !== undefined;
  }

  /**
   * Somebody who was deleted meanwhile is not left behind: their deletion may have looked for groups before. Nor is
   * somebody who got a role meanwhile that must be apart from the group's.
   */
  private async takeBack(groupId: string, memberId: string, context: CommandContext): Promise<void> {
    requireApart(await this.separated.atMember({ groupId, memberId }, context), this.principals.now);
    if ((await this.principals.joiner(memberId)).type !== null) return;
    const data = { groupId, memberId, now: this.principals.now };
    await this.principals.execute(groupId, { type: 'RemoveGroupMember', data }, under(context, 'undo'));
  }

  /** Whoever was refused the first time is not told that it was done when they ask again. */
  private async requireIn(groupId: string, memberId: string, clashes: readonly Clash[]): Promise<void> {
    const group = await this.principals.require(groupId);
    if (!group.members.has(memberId)) requireApart(clashes, this.principals.now);
  }
}

const requireApart = (clashes: readonly Clash[], now: string): void => {
  const refusal = separationRefusal(clashes, { start: now, end: null });
  if (refusal) throw new Rejection('invalid', refusal.code, refusal.message);
};
