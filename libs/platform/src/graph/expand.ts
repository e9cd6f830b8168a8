import { scopeOf, type PrincipalType } from '@pim/contracts';
import type { Documents } from '@pim/engine';
import { principals, type DirectoryObject } from '../directory';
import { DIRECTORY_ROLE } from '../auth';
import { roleDefinitions, type RoleDefinitionDocument } from '../role-definitions';
import { withInner, type Expander } from './entity-set';

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

/** The unit or object that a document's scope is; the tenant is none, and Graph answers null for it. */
const scopeObject = (document: object): object => {
  const scope = scopeOf(String(Reflect.get(document, 'directoryScopeId')));
  return { scopeId: scope && 'id' in scope ? scope.id : null };
};

/** Directory Readers: every other built-in role allows what it allows (reference §1.1). */
const inherited = DIRECTORY_ROLE.directoryReaders;

const inherits = (role: object): boolean => {
  const { id, isBuiltIn } = role as RoleDefinitionDocument;
  return isBuiltIn && id !== inherited;
};

/** `$expand` of a role definition's `inheritsPermissionsFrom`. */
export const inheritedRoles = (documents: Documents): Expander =>
  withInner(
    async (page) => {
      const found = await documents.find(roleDefinitions.collection, { filter: { id: inherited } });
      return page.map((role) => (inherits(role) ? found : []));
    },
    () => ({ inheritsPermissionsFrom: inheritedRoles(documents) }),
  );

/** `$expand` to a principal, role definition and scope, for every set that has them. */
export const aboutRoleExpanders = (documents: Documents): Readonly<Record<string, Expander>> => {
  const findPrincipals = lookUp<DirectoryObject>(documents, principals.collection, 'principalId');
  const findScopes = lookUp<DirectoryObject>(documents, principals.collection, 'scopeId');
  return {
    principal: async (page, request) => {
      const found = await findPrincipals(page, request);
      return found.map((one) => one && directoryObject(one));
    },
    roleDefinition: withInner(lookUp(documents, roleDefinitions.collection, 'roleDefinitionId'), () => ({
      inheritsPermissionsFrom: inheritedRoles(documents),
    })),
    directoryScope: async (page, request) => {
      const found = await findScopes(page.map(scopeObject), request);
      return found.map((one) => one && directoryObject(one));
    },
    appScope: async (page) => page.map(() => null),
  };
};
