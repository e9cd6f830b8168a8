import type { AccessId, PrincipalType } from '@pim/contracts';
import type { ModifiedProperty, TargetResource, TargetType } from './directory-audit';

/** Something an activity was about: its id only. */
export const target = (
  type: TargetType,
  id: string,
  modifiedProperties: readonly ModifiedProperty[] = [],
): TargetResource => ({ id, displayName: null, groupType: null, modifiedProperties, type, userPrincipalName: null });

/** A value that was set; what it replaced is not in the event. */
export const modified = (displayName: string, newValue: string): ModifiedProperty => ({
  displayName,
  newValue,
  oldValue: null,
});

const accessIds: readonly string[] = ['member', 'owner'] satisfies readonly AccessId[];

/** Whether it names a relationship to a group, which is then the scope (reference §1.8, §1.9). */
export const isOfGroup = (roleDefinitionId: string): boolean => accessIds.includes(roleDefinitionId);

/** A built-in role: its id is its template's (reference §1.1), and clients look for both in the properties (§7.2). */
export const roleTarget = (id: string, properties: readonly ModifiedProperty[] = []): TargetResource =>
  target('Role', id, [...Object.entries(roleDetails(id)).map(([name, value]) => modified(name, value)), ...properties]);

/** The same facts as additional details; a group's members and owners have no template. */
export const roleDetails = (id: string): Readonly<Record<string, string>> => ({
  RoleDefinitionOriginId: id,
  ...(isOfGroup(id) ? {} : { RoleDefinitionOriginType: 'BuiltInRole', TemplateId: id }),
});

const types: Readonly<Record<PrincipalType, TargetType>> = {
  user: 'User',
  group: 'Group',
  servicePrincipal: 'ServicePrincipal',
  administrativeUnit: 'AdministrativeUnit',
};

/** A principal whose kind is known from the event, or (null) is not. */
export const principalTarget = (id: string, type: PrincipalType | null): TargetResource =>
  target(type === null ? 'Other' : types[type], id);

interface About {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly principalId: string;
}

/** Role first, then the principal, the request and the scope (reference §7.2). */
export const scheduleTargets = (
  { roleDefinitionId, principalId, directoryScopeId }: About,
  principalType: PrincipalType | null,
  requestId: string,
): readonly TargetResource[] => [
  roleTarget(roleDefinitionId),
  principalTarget(principalId, principalType),
  target('Request', requestId),
  target(isOfGroup(roleDefinitionId) ? 'Group' : 'Directory', directoryScopeId),
];
