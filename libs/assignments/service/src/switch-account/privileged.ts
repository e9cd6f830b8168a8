import { Inject, Injectable } from '@nestjs/common';
import { liveSchedulesOf, type RoleAtScope } from '@pim/assignments/domain';
import { accessIdOf } from '@pim/contracts';
import type { Documents } from '@pim/engine';
import { DOCUMENTS, principals, roleDefinitions, type DirectoryObject } from '@pim/platform';
import { Endings } from '../leave/endings';
import { Places } from '../leave/places';
import { Principals } from '../principals/principals';

/**
 * Tells whose account is privileged: whoever has a privileged role or may activate one, now or later, at any scope; and
 * whoever is in a group that may hold roles, owns it, or may get into it. Groups that may not get into none that may. Read
 * models say where to look, the log whether it is so.
 */
@Injectable()
export class Privileged {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly places: Places,
    private readonly endings: Endings,
    private readonly principals: Principals,
  ) {}

  /** Throws 503 when read models do not catch up. */
  async is(principalId: string): Promise<boolean> {
    // First, because it waits for read models.
    const places = await this.places.of(principalId);
    if (await this.isInRoleAssignableGroup(principalId)) return true;
    const roles = await this.privilegedRoles();
    for (const place of places)
      if ((await this.isSensitive(place, roles)) && (await this.has(principalId, place))) return true;
    return false;
  }

  private async isInRoleAssignableGroup(principalId: string): Promise<boolean> {
    const filter = { $or: [{ members: principalId }, { owners: principalId }] };
    const groups = await this.documents.find<DirectoryObject>(principals.collection, { filter });
    const found = await Promise.all(groups.map(({ id }) => this.principals.load(id)));
    return found.some(
      (group) =>
        group.status === 'known' &&
        group.isAssignableToRole &&
        (group.members.has(principalId) || group.owners.has(principalId)),
    );
  }

  /** Which roles there are comes from the catalogue, which hardly changes. */
  private async privilegedRoles(): Promise<readonly string[]> {
    const filter = { isPrivileged: true };
    const found = await this.documents.find<{ id: string }>(roleDefinitions.collection, { filter });
    return found.map(({ id }) => id);
  }

  private async isSensitive({ roleDefinitionId, directoryScopeId }: RoleAtScope, roles: readonly string[]) {
    if (accessIdOf(roleDefinitionId) === null) return roles.includes(roleDefinitionId);
    const group = await this.principals.load(directoryScopeId);
    return group.status === 'known' && group.isAssignableToRole;
  }

  private async has(principalId: string, place: RoleAtScope): Promise<boolean> {
    return liveSchedulesOf(await this.endings.guard(place), principalId, this.principals.now).length > 0;
  }
}
