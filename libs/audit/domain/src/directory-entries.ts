import type { PrincipalEvent, PrincipalType, RoleDefinitionEvent } from '@pim/contracts';
import type { Category } from './directory-audit';
import { failure, silent, type Decisions } from './entry';
import { principalTarget, roleDetails, roleTarget, target } from './targets';

const registration: Readonly<Record<PrincipalType, { readonly activity: string; readonly category: Category }>> = {
  user: { activity: 'Add user', category: 'UserManagement' },
  group: { activity: 'Add group', category: 'GroupManagement' },
  servicePrincipal: { activity: 'Add service principal', category: 'ApplicationManagement' },
};

const account = (principalId: string) => ({
  targets: [principalTarget(principalId, 'user')],
  service: 'Core Directory' as const,
  category: 'UserManagement' as const,
  operation: 'Update' as const,
});

/** What the directory says for the trail, under the names of Core Directory; names and addresses stay where they are. */
export const principalEntries: Decisions<PrincipalEvent> = {
  PrincipalRegistered: ({ principalId, principalType }) => ({
    ...registration[principalType],
    service: 'Core Directory',
    operation: 'Add',
    targets: [principalTarget(principalId, principalType)],
  }),
  GroupMemberAdded: ({ groupId, memberId }) => ({
    activity: 'Add member to group',
    category: 'GroupManagement',
    service: 'Core Directory',
    operation: 'Assign',
    targets: [principalTarget(memberId, null), target('Group', groupId)],
  }),
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

/** The catalogue of roles. Its only name belongs to ApplicationManagement (reference Appendix B). */
export const roleDefinitionEntries: Decisions<RoleDefinitionEvent> = {
  RoleDefinitionRegistered: ({ roleDefinitionId, templateId }) => ({
    activity: 'Role definition created',
    category: 'ApplicationManagement',
    operation: 'Add',
    targets: [roleTarget(roleDefinitionId)],
    details: { ...roleDetails(roleDefinitionId), TemplateId: templateId },
  }),
};
