import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { badRequest, requireMemberFit, requireOwnerFit, type Joined } from '@pim/assignments/domain';
import type { PrincipalAttributes } from '@pim/contracts';
import { under, type CommandContext } from '@pim/engine';
import { ChangeAttributesCommand } from '../principals/change-attributes.handler';
import { Principals } from '../principals/principals';
import { attributesIn } from './directory-dto';
import { groupAttributes, type GroupDto, type NewGroupDto } from './group.dto';
import { GroupLinks } from './group-links';
import { NewObjects, type About } from './new-objects';
import { referredId } from './reference';

/** Who is to be in a group or to own it. */
export interface Wanted {
  readonly members: readonly string[];
  readonly owners: readonly string[];
}

/** What is wanted of a group that is there. */
export interface GroupChange {
  readonly attributes: Partial<PrincipalAttributes>;
  readonly added: Wanted;
  /** Ids of members; whoever is none is passed over. */
  readonly removed?: readonly string[];
}

const wantedIn = (body: GroupDto | NewGroupDto): Wanted => ({
  members: (body['members@odata.bind'] ?? []).map(referredId),
  owners: (body['owners@odata.bind'] ?? []).map(referredId),
});

/** Creates and changes groups together with their members and owners: what is refused changes nothing. */
@Injectable()
export class Groups {
  constructor(
    private readonly commands: CommandBus,
    private readonly principals: Principals,
    private readonly newObjects: NewObjects,
    private readonly links: GroupLinks,
  ) {}

  /** The new group's id. */
  async create(body: NewGroupDto, context: CommandContext): Promise<string> {
    const { displayName, mail = null, isAssignableToRole = false } = body;
    const about = { displayName, mail, isAssignableToRole, more: attributesIn(body, groupAttributes) };
    return this.add(about, wantedIn(body), context);
  }

  /** The new group's id. */
  async add(about: About, wanted: Wanted, context: CommandContext): Promise<string> {
    const { isAssignableToRole = false } = about;
    await this.requireFit({ principalType: 'group', isAssignableToRole }, '', wanted);
    const id = await this.newObjects.add('group', about, context);
    await this.link(id, wanted, context);
    return id;
  }

  async change(id: string, body: GroupDto, context: CommandContext): Promise<void> {
    const group = await this.principals.require(id);
    if (body.isAssignableToRole !== undefined && body.isAssignableToRole !== group.isAssignableToRole)
      throw badRequest('isAssignableToRole is set when a group is created and cannot be changed. Create a new group.');
    await this.set(id, { attributes: attributesIn(body, groupAttributes), added: wantedIn(body) }, context);
  }

  /** Throws `Request_ResourceNotFound`, and for whoever cannot be in the group. */
  async set(id: string, { attributes, added, removed = [] }: GroupChange, context: CommandContext): Promise<void> {
    await this.requireFit(await this.principals.require(id), id, added);
    await this.links.requireApart(id, added.members, context);
    await this.commands.execute(new ChangeAttributesCommand(id, attributes, under(context, 'attributes')));
    await this.link(id, added, context);
    await this.links.removeAll(id, removed, context);
  }

  private async requireFit(group: Joined, groupId: string, { members, owners }: Wanted): Promise<void> {
    for (const id of members) requireMemberFit(group, groupId, await this.principals.joiner(id));
    for (const id of owners) requireOwnerFit(await this.principals.joiner(id));
  }

  private async link(groupId: string, { members, owners }: Wanted, context: CommandContext): Promise<void> {
    await this.links.addAll({ groupId, kind: 'owners' }, owners, context);
    await this.links.addAll({ groupId, kind: 'members' }, members, context);
  }
}
