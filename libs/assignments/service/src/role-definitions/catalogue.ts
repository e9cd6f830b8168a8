import { Inject, Injectable } from '@nestjs/common';
import { isSameName, type CatalogueFacts } from '@pim/assignments/domain';
import type { CustomRole, RolePermission } from '@pim/contracts';
import type { Documents } from '@pim/engine';
import { DOCUMENTS, ReadModels, roleDefinitions, type RoleDefinitionDocument } from '@pim/platform';
import { actionFinder, resourceActionsOf, type ResourceAction } from './resource-actions';

/** What is asked of the catalogue about a custom role. */
export type AboutRole = Partial<Pick<CustomRole, 'displayName' | 'rolePermissions'>>;

/** What a role's permissions amount to: in the catalogue's spelling, and whether they are privileged. */
export type Permissions = Pick<CustomRole, 'rolePermissions' | 'isPrivileged'>;

export interface CatalogueAnswer {
  readonly facts: CatalogueFacts;
  /** null when nothing was asked about them. */
  readonly permissions: Permissions | null;
}

/** The built-in roles, which never change once they are there: a read model that holds them tells the truth. */
@Injectable()
export class Catalogue {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
  ) {}

  /** Every action a role may allow. */
  async actions(): Promise<readonly ResourceAction[]> {
    return resourceActionsOf(await this.builtIn());
  }

  /** Throws 503 when read models do not catch up. */
  async ask({ displayName = '', rolePermissions }: AboutRole): Promise<CatalogueAnswer> {
    await this.readModels.fresh();
    const builtIn = await this.builtIn();
    const find = actionFinder(resourceActionsOf(builtIn));
    const asked = (rolePermissions ?? []).flatMap(({ allowedResourceActions }) => allowedResourceActions);
    return {
      facts: {
        unknownActions: asked.filter((name) => !find(name)),
        isNameOfBuiltIn: builtIn.some((role) => isSameName(role.displayName, displayName)),
      },
      permissions: rolePermissions ? permissionsOf(rolePermissions, find) : null,
    };
  }

  private builtIn(): Promise<readonly RoleDefinitionDocument[]> {
    return this.documents.find<RoleDefinitionDocument>(roleDefinitions.collection, { filter: { isBuiltIn: true } });
  }
}

const permissionsOf = (sets: readonly RolePermission[], find: ReturnType<typeof actionFinder>): Permissions => {
  const actions = sets.map((set) => set.allowedResourceActions.flatMap((name) => find(name) ?? []));
  return {
    rolePermissions: actions.map((own) => ({ allowedResourceActions: [...new Set(own.map(({ name }) => name))] })),
    isPrivileged: actions.flat().some(({ isPrivileged }) => isPrivileged),
  };
};
