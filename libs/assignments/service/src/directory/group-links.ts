import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { badRequest, notFound } from '@pim/assignments/domain';
import { under, type Clock, type CommandContext } from '@pim/engine';
import { CLOCK, Separation } from '@pim/platform';
import { AddGroupMemberCommand } from '../group-members/add-group-member.handler';
import { AddGroupOwnerCommand, RemoveGroupOwnerCommand } from '../group-members/group-owner.handlers';
import { RemoveGroupMemberCommand } from '../group-members/remove-group-member.handler';

/** Members or owners of which group. */
export interface Link {
  readonly groupId: string;
  readonly kind: 'members' | 'owners';
}

const commands = {
  members: { Add: AddGroupMemberCommand, Remove: RemoveGroupMemberCommand },
  owners: { Add: AddGroupOwnerCommand, Remove: RemoveGroupOwnerCommand },
} as const;

/** Adds and removes members and owners, with Graph's answers to what is so already. */
@Injectable()
export class GroupLinks {
  constructor(
    private readonly bus: CommandBus,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly separation: Separation,
  ) {}

  /** Throws, and has on record, that somebody's roles must be apart from the group's: before others are added. */
  async requireApart(groupId: string, memberIds: readonly string[], context: CommandContext): Promise<void> {
    for (const memberId of new Set(memberIds))
      if ((await this.separation.clashesOfMember({ groupId, memberId }, this.clock.now())).length > 0)
        await this.addAll({ groupId, kind: 'members' }, [memberId], context);
  }

  /** Throws `Request_BadRequest` for somebody who is one, and as the command. */
  async add({ groupId, kind }: Link, id: string, context: CommandContext): Promise<void> {
    const added = await this.bus.execute(new commands[kind].Add(groupId, id, context));
    if (!added && !context.isRepeated)
      throw badRequest(
        `One or more added object references already exist for the following modified properties: '${kind}'.`,
      );
  }

  /** Throws `Request_ResourceNotFound` for somebody who is none. */
  async remove({ groupId, kind }: Link, id: string, context: CommandContext): Promise<void> {
    const removed = await this.bus.execute(new commands[kind].Remove(groupId, id, context));
    if (!removed) throw notFound(id);
  }

  /** Several, each once; silent about those who are in it. */
  async addAll({ groupId, kind }: Link, ids: readonly string[], context: CommandContext): Promise<void> {
    for (const id of new Set(ids))
      await this.bus.execute(new commands[kind].Add(groupId, id, under(context, `${kind}:${id}`)));
  }

  /** Members, each once; silent about those who are not in it. */
  async removeAll(groupId: string, ids: readonly string[], context: CommandContext): Promise<void> {
    for (const id of new Set(ids))
      await this.bus.execute(new commands.members.Remove(groupId, id, under(context, `remove:${id}`)));
  }
}
