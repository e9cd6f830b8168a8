import type { PrincipalType } from '@pim/contracts';
import type { Documents } from '@pim/engine';
import { principals, roleDefinitions, type DirectoryObject } from '../directory';
import type { Expander } from './entity-set';

/** Looks up what `path` of every document names, once per distinct id. */
export const lookUp =
  <D extends { readonly id: string }>(documents: Documents, collection: string, path: string): Expander<D> =>
  async (page) => {
    const ids = page.map((document) => Reflect.get(document, path) as unknown);
    const wanted = [...new Set(ids.filter((id) => typeof id === 'string'))];
    const found = await documents.find<D>(collection, { filter: { id: { $in: wanted } } });
    const index = new Map(found.map((document) => [document.id, document]));
    return ids.map((id) => (typeof id === 'string' ? (index.get(id) ?? null) : null));
  };

const printed: Readonly<Record<PrincipalType, readonly (keyof DirectoryObject)[]>> = {
  user: ['accountEnabled', 'givenName', 'jobTitle', 'mail', 'mailNickname', 'surname', 'userPrincipalName'],
  group: [
    'description',
    'groupTypes',
    'isAssignableToRole',
    'mail',
    'mailEnabled',
    'mailNickname',
    'securityEnabled',
    'visibility',
  ],
  servicePrincipal: ['accountEnabled', 'appId', 'description'],
  administrativeUnit: ['description', 'visibility'],
};

/** A principal as `directoryObject`: its own type's properties, and the type itself (reference §0.2). */
export const directoryObject = (document: DirectoryObject): object => {
  const { id, displayName, principalType } = document;
  const own = Object.fromEntries(printed[principalType].map((name) => [name, document[name]]));
  return { '@odata.type': `#microsoft.graph.${principalType}`, id, displayName, ...own };
};

/** `$expand` to a principal, role definition and scope, for every set that has them. */
export const aboutRoleExpanders = (documents: Documents): Readonly<Record<string, Expander>> => {
  const findPrincipals = lookUp<DirectoryObject>(documents, principals.collection, 'principalId');
  return {
    principal: async (page, request) => {
      const found = await findPrincipals(page, request);
      return found.map((one) => one && directoryObject(one));
    },
    roleDefinition: lookUp(documents, roleDefinitions.collection, 'roleDefinitionId'),
    // The tenant is the only scope so far; Graph answers null for it.
    directoryScope: async (page) => page.map(() => null),
    appScope: async (page) => page.map(() => null),
  };
};
