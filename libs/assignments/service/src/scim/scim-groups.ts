import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { DirectoryObject, GraphRequest } from '@pim/platform';
import { DeletePrincipalCommand } from '../delete-principal/delete-principal.handler';
import { GroupRights } from '../directory/group-rights';
import { Groups } from '../directory/groups';
import { ScimDirectory, type ScimSet } from './scim-directory';
import { groupResource, readGroup } from './scim-group';
import type { Json } from './scim-json';
import { isShown, type Shown } from './scim-list';
import { patched, type PatchOperation } from './scim-patch';
import { rootOf } from './scim-request';
import { ScimResources } from './scim-resources';

/** Mail nicknames are required by Graph, and have no blanks. */
const nicknameOf = (displayName: string): string => displayName.replace(/[^\w.-]/g, '').slice(0, 64) || 'group';

const others = (ids: readonly string[], than: readonly string[]): readonly string[] => {
  const known = new Set(than);
  return ids.filter((id) => !known.has(id));
};

/**
 * Groups, as provisioning sources create, change and remove them. None that is made here may hold roles; one that may
 * is changed only by who may manage roles. What is refused changes nothing.
 */
@Injectable()
export class ScimGroups extends ScimResources {
  constructor(
    private readonly commands: CommandBus,
    directory: ScimDirectory,
    private readonly rights: GroupRights,
    private readonly groups: Groups,
  ) {
    super(directory);
  }

  async create(request: GraphRequest, resource: Json, shown: Shown): Promise<Json> {
    await this.rights.requireToCreate(false, request.caller);
    const { displayName, externalId, memberIds } = readGroup(resource);
    const about = { displayName, more: { externalId, mailNickname: nicknameOf(displayName) } };
    const id = await this.groups.add(about, { members: memberIds, owners: [] }, request.context);
    return this.get(request, id, shown);
  }

  /** Whoever is not in the list is no member any more. */
  async replace(request: GraphRequest, id: string, resource: Json, shown: Shown): Promise<Json> {
    return this.change(request, id, () => resource, shown);
  }

  async patch(request: GraphRequest, id: string, operations: readonly PatchOperation[], shown: Shown): Promise<Json> {
    return this.change(request, id, (before) => patched(before, operations), shown);
  }

  async remove(request: GraphRequest, id: string): Promise<void> {
    await this.rights.requireToChange(id.toLowerCase(), request.caller);
    await this.commands.execute(new DeletePrincipalCommand(id.toLowerCase(), request.context));
  }

  private async change(
    request: GraphRequest,
    segment: string,
    wanted: (before: Json) => Json,
    shown: Shown,
  ): Promise<Json> {
    const id = segment.toLowerCase();
    await this.rights.requireToChange(id, request.caller);
    const group = await this.directory.require(this.set(request), id);
    const before = groupResource(group, group.members.map(asMember), rootOf(request));
    const { memberIds, displayName, externalId } = readGroup(wanted(before));
    const added = { members: others(memberIds, group.members), owners: [] };
    const removed = others(group.members, memberIds);
    await this.groups.set(id, { attributes: { displayName, externalId }, added, removed }, request.context);
    return this.get(request, id, shown);
  }

  protected set(request: GraphRequest): ScimSet {
    return {
      type: 'group',
      show: async (found, shown) => {
        const members = shown === 'everything' || !isShown(shown, 'members') ? null : await this.membersOf(found);
        return found.map((group) =>
          groupResource(
            group,
            group.members.flatMap((id) => (members ? (members.get(id) ?? []) : asMember(id))),
            rootOf(request),
          ),
        );
      },
    };
  }

  private async membersOf(groups: readonly DirectoryObject[]): Promise<ReadonlyMap<string, DirectoryObject>> {
    const ids = [...new Set(groups.flatMap(({ members }) => members))];
    const found = ids.length === 0 ? [] : await this.directory.find({ id: { $in: ids } });
    return new Map(found.map((one) => [one.id, one]));
  }
}

/** As much of a member as filters and changes need. */
const asMember = (id: string) => ({ id, displayName: null, principalType: null });
