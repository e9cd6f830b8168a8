import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@pim/engine';
import {
  ASSIGNMENT_READERS,
  CLOCK,
  DIRECTORY_ROLES,
  directoryObject,
  GraphReader,
  type DirectoryObject,
  type DirectoryRoles,
  type GraphRequest,
  type RoleDefinitionDocument,
} from '@pim/platform';
import { castOf } from './casts';
import { objects } from './directory-sets';
import { Links } from './links';

const asRole = ({ id, displayName, description, templateId }: RoleDefinitionDocument): object => ({
  '@odata.type': '#microsoft.graph.directoryRole',
  id,
  displayName,
  description,
  roleTemplateId: templateId,
});

const typeOf = (object: object): unknown => Reflect.get(object, '@odata.type');

/** Answers what somebody is in: groups, administrative units, and directory roles that are active now. */
@Injectable()
export class MemberOf {
  constructor(
    private readonly reader: GraphReader,
    private readonly links: Links,
    @Inject(DIRECTORY_ROLES) private readonly roles: DirectoryRoles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One page; `cast` narrows it to one type. Roles are for the person themself, applications and readers of roles. */
  async list(request: GraphRequest, one: DirectoryObject, isTransitive: boolean, cast?: string): Promise<object> {
    const around = isTransitive ? await this.links.collectives(one) : await this.links.around([one.id]);
    const holders = [one.id, ...(isTransitive ? around.map(({ id }) => id) : [])];
    const roles = (await this.maySeeRoles(request, one.id)) ? await this.links.rolesOf(holders) : [];
    const all = [...around.map(directoryObject), ...roles.map(asRole)];
    return this.reader.listOf(request, { ...objects, entity: (entity: object) => entity }, narrowed(all, cast));
  }

  private async maySeeRoles({ caller }: GraphRequest, id: string): Promise<boolean> {
    if (caller.kind === 'application' || caller.id === id) return true;
    return (await this.roles.heldBy(caller.id, ASSIGNMENT_READERS, this.clock.now())).length > 0;
  }
}

/** Those of one type, when the path names one. */
export const narrowed = (all: readonly object[], cast?: string): readonly object[] => {
  if (cast === undefined) return all;
  const type = `#microsoft.graph.${castOf(cast)}`;
  return all.filter((object) => typeOf(object) === type);
};
