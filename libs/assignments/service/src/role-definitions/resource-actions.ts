import type { RoleDefinitionDocument } from '@pim/platform';
import { customRoleActions } from './custom-role-actions';

/** Something that a role may allow, in Graph's shape. */
export interface ResourceAction {
  /** The name as one segment of a path, with the verb behind it when there is one. */
  readonly id: string;
  readonly name: string;
  readonly actionVerb: string | null;
  /** Nothing published says it in words. */
  readonly description: null;
  readonly isPrivileged: boolean;
  readonly resourceScopeId: null;
}

type Source = Pick<RoleDefinitionDocument, 'isPrivileged' | 'rolePermissions'>;

const verbs: Readonly<Record<string, string>> = { read: 'GET', create: 'POST', update: 'PATCH', delete: 'DELETE' };

const actionOf = (name: string, isPrivileged: boolean): ResourceAction => {
  const actionVerb = verbs[name.slice(name.lastIndexOf('/') + 1)] ?? null;
  const id = [...name.split('/'), ...(actionVerb ? [actionVerb.toLowerCase()] : [])].join('-');
  return { id, name, actionVerb, description: null, isPrivileged, resourceScopeId: null };
};

const namesIn = (roles: readonly Source[]): readonly string[] =>
  roles.flatMap(({ rolePermissions }) => rolePermissions.flatMap((set) => set.allowedResourceActions));

/** The namespace an action is in: `microsoft.directory`. */
export const namespaceOf = (name: string): string => name.slice(0, name.indexOf('/'));

/** One that says by which app consent policy: these are as many as a tenant has such policies. */
const consent = /^microsoft\.directory\/servicePrincipals\/managePermissionGrantsFor(?:Self|All)\.[\w-]+$/;

/**
 * Every action of the built-in roles, and those that only custom roles have, by name. Which are privileged is not
 * published as data: one that a role without privileges has is not, every other one is taken to be.
 */
export const resourceActionsOf = (builtIn: readonly Source[]): readonly ResourceAction[] => {
  const harmless = new Set(namesIn(builtIn.filter(({ isPrivileged }) => !isPrivileged)));
  const names = new Set([...namesIn(builtIn), ...customRoleActions]);
  return [...names].sort().map((name) => actionOf(name, !harmless.has(name)));
};

/** Finds an action by its name in any case, as the catalogue spells it; undefined when there is none. */
export const actionFinder = (actions: readonly ResourceAction[]): ((name: string) => ResourceAction | undefined) => {
  const known = new Map(actions.map((action) => [action.name.toLowerCase(), action]));
  return (name) => known.get(name.toLowerCase()) ?? (consent.test(name) ? actionOf(name, true) : undefined);
};
