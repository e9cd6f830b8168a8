import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Rejection, uuid } from '@pim/kernel';
import { idUnder } from '@pim/engine';
import type { DirectoryObject, GraphRequest } from '@pim/platform';
import { Accounts } from '../directory/accounts';
import { nothing } from '../directory/new-objects';
import { Principals } from '../principals/principals';
import { RegisterPrincipalCommand } from '../principals/register-principal.handler';
import { ScimDirectory, type ScimSet } from './scim-directory';
import type { Json } from './scim-json';
import { isShown, type Shown } from './scim-list';
import { patched, type PatchOperation } from './scim-patch';
import { rootOf } from './scim-request';
import { ScimResources } from './scim-resources';
import { readUser, userResource, type ScimUser } from './scim-user';

/**
 * Tokens say by object id who somebody is. Where the source of people knows them by a UUID it is that very id (ADR 19);
 * anything else gets an id of our own.
 */
const idOf = ({ attributes }: ScimUser): string | null => {
  const externalId = attributes.externalId?.toLowerCase() ?? '';
  return uuid.test(externalId) ? externalId : null;
};

const taken = (what: string): Rejection =>
  new Rejection('conflict', 'uniqueness', `There is a user with this ${what} already.`);

/** The groups that each of these users is in, by their id; costs what the groups have members. */
const groupsByMember = (
  users: readonly DirectoryObject[],
  groups: readonly DirectoryObject[],
): ReadonlyMap<string, readonly DirectoryObject[]> => {
  const found = new Map<string, DirectoryObject[]>(users.map(({ id }) => [id, []]));
  for (const group of groups) for (const id of group.members) found.get(id)?.push(group);
  return found;
};

/** People, as provisioning sources create, change and remove them. What is refused changes nothing. */
@Injectable()
export class ScimUsers extends ScimResources {
  constructor(
    private readonly commands: CommandBus,
    directory: ScimDirectory,
    private readonly accounts: Accounts,
    private readonly principals: Principals,
  ) {
    super(directory);
  }

  /** The new user. Throws 409 `uniqueness`. */
  async create(request: GraphRequest, resource: Json, shown: Shown): Promise<Json> {
    const user = await this.read(resource);
    const principalId = idOf(user) ?? idUnder(request.context);
    if (!request.context.isRepeated) await this.requireFree(principalId, user);
    const { displayName, userPrincipalName, mail = null, ...more } = user.attributes;
    const [mailNickname = null] = userPrincipalName.split('@');
    const about = { displayName, userPrincipalName, mail, accountEnabled: user.active ?? true };
    const principal = {
      ...nothing,
      ...about,
      principalId,
      principalType: 'user',
      more: { ...more, mailNickname },
    } as const;
    await this.commands.execute(new RegisterPrincipalCommand(principal, request.context));
    return this.get(request, principalId, shown);
  }

  /** Sets everything a source may say; what it leaves out is cleared, but nobody is switched on by silence. */
  async replace(request: GraphRequest, id: string, resource: Json, shown: Shown): Promise<Json> {
    await this.directory.require(this.set(request), id);
    return this.change(request, id, await this.read(resource), shown);
  }

  async patch(request: GraphRequest, id: string, operations: readonly PatchOperation[], shown: Shown): Promise<Json> {
    const set = this.set(request);
    const [before = {}] = await set.show([await this.directory.require(set, id)], 'everything');
    return this.change(request, id, await this.read(patched(before, operations)), shown);
  }

  remove(request: GraphRequest, id: string): Promise<void> {
    return this.accounts.remove({ type: 'user', segment: id.toLowerCase() }, request);
  }

  private async read(resource: Json): Promise<ScimUser> {
    const user = readUser(resource);
    return { ...user, attributes: { ...user.attributes, managerId: await this.managerIdOf(user) } };
  }

  /** A manager who is not here is nobody: whoever comes before them, or leaves after them, is not held up (ADR 29). */
  private async managerIdOf({ manager }: ScimUser): Promise<string | null> {
    const named = manager?.toLowerCase() ?? '';
    if (uuid.test(named)) return (await this.principals.joiner(named)).type === 'user' ? named : null;
    const [found] = named === '' ? [] : await this.directory.find({ signInName: named }, { limit: 1 });
    return found?.id ?? null;
  }

  private async change(request: GraphRequest, id: string, user: ScimUser, shown: Shown): Promise<Json> {
    const change = { accountEnabled: user.active ?? undefined, attributes: user.attributes };
    await this.accounts.change({ type: 'user', segment: id.toLowerCase() }, change, request);
    return this.get(request, id, shown);
  }

  private async requireFree(principalId: string, { attributes }: ScimUser): Promise<void> {
    if ((await this.principals.load(principalId)).status !== 'absent') throw taken('externalId');
    const signInName = attributes.userPrincipalName.toLowerCase();
    if ((await this.directory.find({ signInName }, { limit: 1 })).length > 0) throw taken('userName');
  }

  protected set(request: GraphRequest): ScimSet {
    return {
      type: 'user',
      show: async (found, shown) => {
        const isAsked = shown === 'everything' || isShown(shown, 'groups');
        const groups = groupsByMember(found, isAsked ? await this.groupsAround(found) : []);
        const managers = await this.managersOf(found);
        return found.map((user, n) =>
          userResource(user, { groups: groups.get(user.id) ?? [], manager: managers[n] ?? null }, rootOf(request)),
        );
      },
    };
  }

  /** The manager of each of these, null where there is none, or none any more. */
  private async managersOf(users: readonly DirectoryObject[]): Promise<readonly (DirectoryObject | null)[]> {
    const ids = users.flatMap(({ managerId }) => managerId ?? []);
    if (ids.length === 0) return users.map(() => null);
    const found = await this.directory.find({ principalType: 'user', id: { $in: [...new Set(ids)] } });
    const managers = new Map(found.map((one) => [one.id, one]));
    return users.map(({ managerId }) => managers.get(managerId ?? '') ?? null);
  }

  /** The groups that any of these are in, directly; whoever is in one by PIM is not provisioned into it. */
  private groupsAround(users: readonly DirectoryObject[]): Promise<readonly DirectoryObject[]> {
    if (users.length === 0) return Promise.resolve([]);
    return this.directory.find({ principalType: 'group', members: { $in: users.map(({ id }) => id) } });
  }
}
