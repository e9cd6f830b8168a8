import type {
  Actor,
  CollectiveType,
  GroupMemberAdded,
  GroupOwnerAdded,
  PrincipalAttributesChanged,
  PrincipalEvent,
  PrincipalType,
  RoleDefinitionEvent,
} from '@pim/contracts';
import { canonicalJson } from '@pim/kernel';
import type { Category, TargetType } from './directory-audit';
import { failure, silent, type Decisions } from './entry';
import { modified, principalTarget, roleDetails, roleTarget, target } from './targets';

interface Kind {
  readonly category: Category;
  readonly add: string;
  readonly update: string;
  readonly remove: string;
}

const kinds: Readonly<Record<PrincipalType, Kind>> = {
  user: { category: 'UserManagement', add: 'Add user', update: 'Update user', remove: 'Delete user' },
  group: { category: 'GroupManagement', add: 'Add group', update: 'Update group', remove: 'Delete group' },
  servicePrincipal: {
    category: 'ApplicationManagement',
    add: 'Add service principal',
    update: 'Update service principal',
    remove: 'Remove service principal',
  },
  administrativeUnit: {
    category: 'AdministrativeUnit',
    add: 'Add administrative unit',
    update: 'Update administrative unit',
    remove: 'Delete administrative unit',
  },
};

const about = ({ principalId, principalType }: { principalId: string; principalType: PrincipalType }) => ({
  category: kinds[principalType].category,
  service: 'Core Directory' as const,
  targets: [principalTarget(principalId, principalType)],
});

const collectives: Readonly<Record<CollectiveType, { readonly name: string; readonly type: TargetType }>> = {
  group: { name: 'group', type: 'Group' },
  administrativeUnit: { name: 'administrative unit', type: 'AdministrativeUnit' },
};

const membership = ({ groupId, groupType, memberId }: GroupMemberAdded['data']) => ({
  category: kinds[groupType].category,
  service: 'Core Directory' as const,
  targets: [principalTarget(memberId, null), target(collectives[groupType].type, groupId)],
});

const ownership = ({ groupId, ownerId }: GroupOwnerAdded['data']) => ({
  category: 'GroupManagement' as const,
  service: 'Core Directory' as const,
  targets: [principalTarget(ownerId, null), target('Group', groupId)],
});

const managerIn = ({ changed: { managerId } }: PrincipalAttributesChanged['data']) =>
  managerId ? [principalTarget(managerId, 'user')] : [];

const account = (principalId: string) => ({
  targets: [principalTarget(principalId, 'user')],
  service: 'Core Directory' as const,
  category: 'UserManagement' as const,
  operation: 'Update' as const,
});

/** What the directory says for the trail, under the names of Core Directory; names and addresses stay where they are. */
export const principalEntries: Decisions<PrincipalEvent> = {
  PrincipalRegistered: (data) => ({ ...about(data), activity: kinds[data.principalType].add, operation: 'Add' }),
  // Which attributes, not what they say: values stay in the principal's own stream, but for who became the manager.
  PrincipalAttributesChanged: (data) => ({
    ...about(data),
    targets: [...about(data).targets, ...managerIn(data)],
    activity: kinds[data.principalType].update,
    operation: 'Update',
    details: { 'Included Updated Properties': Object.keys(data.changed).sort().join(', ') },
  }),
  PrincipalDeleted: (data) => ({
    ...about(data),
    activity: kinds[data.principalType].remove,
    operation: 'Delete',
    by: data.by,
  }),
  GroupMemberAdded: (data) => ({
    ...membership(data),
    activity: `Add member to ${collectives[data.groupType].name}`,
    operation: 'Assign',
  }),
  GroupMemberRemoved: (data) => ({
    ...membership(data),
    activity: `Remove member from ${collectives[data.groupType].name}`,
    operation: 'Unassign',
  }),
  GroupMemberRefused: (data) => ({
    ...membership(data),
    activity: `Add member to ${collectives[data.groupType].name}`,
    operation: 'Assign',
    by: data.by,
    ...failure(data),
  }),
  GroupOwnerAdded: (data) => ({ ...ownership(data), activity: 'Add owner to group', operation: 'Assign' }),
  GroupOwnerRemoved: (data) => ({ ...ownership(data), activity: 'Remove owner from group', operation: 'Unassign' }),
  GroupNamedAsApprover: silent('follows PolicyRulesChanged, which has the record'),
  GroupNoLongerNamedAsApprover: silent('follows a change or the end of the settings, which has the record'),
  PrincipalDisableRequested: silent('how it ended has the record: PrincipalDisabled, PrincipalDisableRefused'),
  PrincipalDisabled: ({ principalId, by }) => ({ ...account(principalId), activity: 'Disable account', by }),
  PrincipalEnabled: ({ principalId, by }) => ({ ...account(principalId), activity: 'Enable account', by }),
  PrincipalDisableRefused: (data) => ({
    ...account(data.principalId),
    activity: 'Disable account',
    by: data.by,
    ...failure(data),
  }),
};

const roleChange = (data: { readonly roleDefinitionId: string; readonly by: Actor }) => ({
  by: data.by,
  service: 'Core Directory' as const,
  targets: [roleTarget(data.roleDefinitionId)],
  details: roleDetails(data.roleDefinitionId),
});

/** The catalogue of roles. PIM's only name for it belongs to ApplicationManagement (reference Appendix B). */
export const roleDefinitionEntries: Decisions<RoleDefinitionEvent> = {
  RoleDefinitionRegistered: ({ roleDefinitionId, templateId }) => ({
    activity: 'Role definition created',
    category: 'ApplicationManagement',
    operation: 'Add',
    targets: [roleTarget(roleDefinitionId)],
    details: { ...roleDetails(roleDefinitionId), TemplateId: templateId },
  }),
  RoleDefinitionCreated: (data) => ({ ...roleChange(data), activity: 'Add role definition', operation: 'Add' }),
  RoleDefinitionUpdated: (data) => ({
    ...roleChange(data),
    activity: 'Update role definition',
    operation: 'Update',
    targets: [
      roleTarget(
        data.roleDefinitionId,
        Object.entries(data.changed).map(([name, value]) => modified(name, canonicalJson(value))),
      ),
    ],
  }),
  RoleDefinitionDeleted: (data) => ({ ...roleChange(data), activity: 'Delete role definition', operation: 'Delete' }),
  RoleDefinitionDeleteRefused: (data) => ({
    ...roleChange(data),
    activity: 'Delete role definition',
    operation: 'Delete',
    ...failure(data),
  }),
};
