import type { AccessId } from '@pim/contracts';
import { Injectable } from '@nestjs/common';
import type { PrincipalType } from '@pim/contracts';
import {
  administrativeUnitSchema,
  directoryObject,
  directoryObjectSchema,
  directoryRoleSchema,
  directoryRoleTemplateSchema,
  groupSchema,
  principals,
  roleDefinitions,
  servicePrincipalSchema,
  userSchema,
  type DirectoryObject,
  type EntitySet,
  type Expander,
  type RoleDefinitionDocument,
  withInner,
} from '@pim/platform';
import { Links } from './links';
import { directReportsBy, managersBy, people } from './people';

type Objects = EntitySet<DirectoryObject>;

/** What any directory object is answered as, where its type is not known beforehand. */
export const objects: Objects = {
  path: 'directoryObjects',
  collection: principals.collection,
  schema: directoryObjectSchema,
  entity: directoryObject,
  expand: {},
};

/** Every built-in role that is enabled: here none has to be "activated" first, as it once had in Microsoft's service. */
export const directoryRoles: EntitySet<RoleDefinitionDocument> = {
  path: 'directoryRoles',
  collection: roleDefinitions.collection,
  schema: directoryRoleSchema,
  where: () => ({ isBuiltIn: true, isEnabled: true }),
  entity: (document) => ({ ...document, roleTemplateId: document.templateId }),
  expand: {},
};

export const directoryRoleTemplates: EntitySet<RoleDefinitionDocument> = {
  path: 'directoryRoleTemplates',
  collection: roleDefinitions.collection,
  schema: directoryRoleTemplateSchema,
  where: () => ({ isBuiltIn: true }),
  expand: {},
};

const ofType = (principalType: PrincipalType) => ({
  collection: principals.collection,
  where: () => ({ principalType }),
});

const byId = (found: readonly DirectoryObject[], ids: readonly string[]): readonly object[] => {
  const index = new Map(found.map((one) => [one.id, one]));
  return ids.flatMap((id) => index.get(id) ?? []).map(directoryObject);
};

/** The sets of the directory that clients may list (reference §1.13). */
@Injectable()
export class DirectorySets {
  readonly users: Objects;
  /** Managers and direct reports. */
  readonly people: Objects;
  readonly groups: Objects;
  readonly servicePrincipals: Objects;
  readonly administrativeUnits: Objects;

  constructor(private readonly links: Links) {
    const memberOf = this.memberOf();
    const transitiveMemberOf = this.reached((one) => this.links.collectives(one));
    const members = this.linked('member');
    const inner = (): Objects['expand'] => this.users.expand;
    const manager = withInner(managersBy(links), inner);
    const directReports = withInner(directReportsBy(links), inner);
    const expand = { manager, directReports, memberOf, transitiveMemberOf };
    this.users = { ...ofType('user'), path: 'users', schema: userSchema, expand };
    this.people = people(expand);
    this.groups = {
      ...ofType('group'),
      path: 'groups',
      schema: groupSchema,
      expand: {
        members,
        owners: this.linked('owner'),
        memberOf,
        transitiveMembers: this.reached((one) => this.links.members(one)),
      },
    };
    this.servicePrincipals = {
      ...ofType('servicePrincipal'),
      path: 'servicePrincipals',
      schema: servicePrincipalSchema,
      entity: (document) => ({
        ...document,
        servicePrincipalType: 'Application',
        appDisplayName: document.displayName,
      }),
      expand: { memberOf },
    };
    this.administrativeUnits = {
      ...ofType('administrativeUnit'),
      path: 'administrativeUnits',
      schema: administrativeUnitSchema,
      entity: (document) => ({ ...document, membershipType: 'Assigned' }),
      expand: { members },
    };
  }

  private linked(accessId: AccessId): Expander {
    return async (page) => {
      const groups = page as readonly DirectoryObject[];
      const ids = await Promise.all(groups.map((group) => this.links.idsIn(group, accessId)));
      const found = await this.links.find({ id: { $in: ids.flat() } });
      return ids.map((own) => byId(found, own));
    };
  }

  private memberOf(): Expander {
    return (page) =>
      Promise.all(
        (page as readonly DirectoryObject[]).map(async ({ id }) =>
          (await this.links.around([id])).map(directoryObject),
        ),
      );
  }

  private reached(reach: (one: DirectoryObject) => Promise<readonly DirectoryObject[]>): Expander {
    return (page) =>
      Promise.all(
        (page as readonly DirectoryObject[]).map(async (document) => (await reach(document)).map(directoryObject)),
      );
  }
}
