import { Inject, Injectable } from '@nestjs/common';
import type { Documents } from '@pim/engine';
import {
  betaRoleDefinitionSchema,
  DOCUMENTS,
  inheritedRoles,
  roleDefinitions,
  roleDefinitionSchema,
  type EntitySet,
  type GraphRequest,
  type RoleDefinitionDocument,
} from '@pim/platform';

/** Every role may be given to these; a service principal's is always active (reference §4.14). */
const allowedPrincipalTypes = 'user,servicePrincipal,group';

/** The role catalogue as clients see it. */
@Injectable()
export class RoleDefinitionSets {
  private readonly v1: EntitySet<RoleDefinitionDocument>;
  private readonly beta: EntitySet<RoleDefinitionDocument>;

  constructor(@Inject(DOCUMENTS) documents: Documents) {
    this.v1 = {
      path: 'roleManagement/directory/roleDefinitions',
      collection: roleDefinitions.collection,
      schema: roleDefinitionSchema,
      expand: { inheritsPermissionsFrom: inheritedRoles(documents) },
    };
    this.beta = {
      ...this.v1,
      schema: betaRoleDefinitionSchema,
      entity: (document) => ({ ...document, allowedPrincipalTypes }),
    };
  }

  of({ version }: GraphRequest): EntitySet<RoleDefinitionDocument> {
    return version === 'beta' ? this.beta : this.v1;
  }
}
