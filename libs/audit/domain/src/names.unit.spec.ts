import type { DirectoryAudit } from './directory-audit';
import { withNames, type KnownName } from './names';
import { roleTarget, target } from './targets';

const known: Readonly<Record<string, KnownName>> = {
  erin: { type: 'User', displayName: 'Erin Brandt', userPrincipalName: 'erin@contoso.example', appId: null },
  automation: { type: 'ServicePrincipal', displayName: 'automation', userPrincipalName: null, appId: 'client-1' },
  desk: { type: 'Role', displayName: 'Password Desk', userPrincipalName: null, appId: null, isCustomRole: true },
  helpdesk: { type: 'Group', displayName: 'Helpdesk', userPrincipalName: null, appId: null },
};
const nameOf = (id: string) => known[id] ?? null;

const user = (id: string, displayName: string | null = null) => ({
  user: { id, displayName, ipAddress: null, userPrincipalName: null },
  app: null,
});
const audit = (change: Partial<DirectoryAudit>): DirectoryAudit => ({
  id: 'PIM_1_0',
  activityDateTime: '2026-03-02T08:00:00.000Z',
  activityDisplayName: 'Add member to role completed (PIM activation)',
  additionalDetails: [],
  category: 'RoleManagement',
  correlationId: 'c-1',
  initiatedBy: user('erin'),
  loggedByService: 'PIM',
  operationType: 'Assign',
  result: 'success',
  resultReason: null,
  targetResources: [],
  ...change,
});

describe('a record with names', () => {
  it('names the person who did it', () =>
    expect(withNames(audit({}), nameOf).initiatedBy.user).toEqual({
      id: 'erin',
      displayName: 'Erin Brandt',
      ipAddress: null,
      userPrincipalName: 'erin@contoso.example',
    }));
  it('names the application, with its client id', () => {
    const app = { appId: null, displayName: null, servicePrincipalId: 'automation', servicePrincipalName: null };
    expect(withNames(audit({ initiatedBy: { user: null, app } }), nameOf).initiatedBy).toEqual({
      user: null,
      app: { ...app, appId: 'client-1', displayName: 'automation' },
    });
  });
  it('names targets and says what they are', () => {
    const targetResources = [target('Other', 'helpdesk'), target('Request', 'r1')];
    expect(withNames(audit({ targetResources }), nameOf).targetResources).toEqual([
      { ...target('Group', 'helpdesk'), displayName: 'Helpdesk' },
      target('Request', 'r1'),
    ]);
  });
  it('says of a role of the tenant’s own that it is not built in, in both places', () => {
    const additionalDetails = [
      { key: 'RoleDefinitionOriginId', value: 'desk' },
      { key: 'RoleDefinitionOriginType', value: 'BuiltInRole' },
    ];
    const named = withNames(audit({ additionalDetails, targetResources: [roleTarget('desk')] }), nameOf);
    expect(named.additionalDetails[1]?.value).toBe('CustomRole');
    expect(named.targetResources[0]?.modifiedProperties).toContainEqual({
      displayName: 'RoleDefinitionOriginType',
      newValue: 'CustomRole',
      oldValue: null,
    });
  });
  it('leaves what nobody knows as it was, OpenPIM itself included', () => {
    const unknown = audit({
      initiatedBy: user('system:expiry', 'OpenPIM'),
      targetResources: [target('Other', 'gone')],
    });
    expect(withNames(unknown, nameOf)).toEqual(unknown);
  });
});
