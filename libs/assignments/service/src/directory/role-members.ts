import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@pim/engine';
import {
  ASSIGNMENT_READERS,
  CLOCK,
  DIRECTORY_ROLES,
  directoryObject,
  requestDenied,
  type Caller,
  type DirectoryRoles,
  type EntitySet,
  type GraphRequest,
  type RoleDefinitionDocument,
} from '@pim/platform';
import { directoryRoles } from './directory-sets';
import { Links } from './links';

/** The directory roles, expanded to whoever holds them: that is for readers of roles, as `directoryRoles/{id}/members` is. */
@Injectable()
export class RoleMembers {
  readonly set: EntitySet<RoleDefinitionDocument> = {
    ...directoryRoles,
    expand: { members: (page, request) => this.of(page as readonly RoleDefinitionDocument[], request) },
  };

  constructor(
    private readonly links: Links,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Ids of whoever holds a role now for the whole tenant, groups as groups. */
  idsOf(roleDefinitionId: string): Promise<readonly string[]> {
    return this.links.holdersOf(roleDefinitionId);
  }

  private async of(page: readonly RoleDefinitionDocument[], { caller }: GraphRequest): Promise<readonly object[][]> {
    await this.requireReader(caller);
    const ids = await Promise.all(page.map(({ id }) => this.idsOf(id)));
    const found = await this.links.find({ id: { $in: ids.flat() } });
    return ids.map((own) => found.filter(({ id }) => own.includes(id)).map(directoryObject));
  }

  private async requireReader({ kind, id }: Caller): Promise<void> {
    if (kind === 'application') return;
    if ((await this.roles.heldBy(id, ASSIGNMENT_READERS, this.clock.now())).length === 0) throw requestDenied();
  }
}
