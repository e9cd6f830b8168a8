import type { Row } from '../row';
import { referTo as ref, type Stated } from './directory-row';

const people: readonly Stated[] = [
  {
    says: 'creates a user',
    ask: 'POST users',
    body: {
      accountEnabled: true,
      displayName: 'Nina Weber',
      mailNickname: 'nina',
      userPrincipalName: 'nina@contoso.example',
      passwordProfile: { password: 'not kept' },
    },
    keep: { nina: 'id' },
    answer: { status: 201, context: '#users/$entity', body: { displayName: 'Nina Weber', jobTitle: null } },
    differs: 'The `passwordProfile` is dropped: nothing here has passwords.',
  },
  {
    says: 'refuses a sign-in name that somebody has, in whatever case',
    ask: 'POST users',
    body: { accountEnabled: true, displayName: 'N', mailNickname: 'n', userPrincipalName: 'NINA@contoso.example' },
    answer: { status: 400, code: 'Request_BadRequest', says: 'userPrincipalName already exists' },
  },
  {
    says: 'refuses a user without what is required',
    ask: 'POST users',
    body: { displayName: 'N' },
    answer: { status: 400 },
  },
  {
    says: 'changes a user',
    ask: 'PATCH users/{nina}',
    body: { jobTitle: 'Operator' },
    answer: { status: 204 },
  },
  {
    says: 'lists one’s own groups, units and roles',
    ask: 'GET me/memberOf',
    answer: { status: 200, context: '#directoryObjects' },
  },
  {
    says: 'lists one’s own directory roles',
    ask: 'GET me/memberOf/microsoft.graph.directoryRole',
    answer: { status: 200, value: [{ roleTemplateId: '{globalAdministrator}' }] },
  },
  { says: 'lists what one is in, through groups too', ask: 'GET me/transitiveMemberOf', answer: { status: 200 } },
  {
    says: 'lists the groups among these',
    ask: 'GET me/transitiveMemberOf/microsoft.graph.group',
    as: 'grace',
    answer: { status: 200, value: [{ id: '{helpdesk}' }] },
  },
  {
    says: 'lists what somebody is in',
    ask: 'GET users/{grace}/memberOf',
    answer: { status: 200, value: [{ '@odata.type': '#microsoft.graph.group', id: '{helpdesk}' }] },
    differs: 'The directory roles of somebody else are shown to applications and to readers of roles only.',
  },
  {
    says: 'lists the groups',
    ask: 'GET users/{grace}/memberOf/microsoft.graph.group',
    answer: { status: 200, value: 1 },
  },
  {
    says: 'lists what somebody is in, through groups too',
    ask: 'GET users/{grace}/transitiveMemberOf',
    answer: { status: 200, value: 1 },
  },
  {
    says: 'lists the units among these',
    ask: 'GET users/{grace}/transitiveMemberOf/microsoft.graph.administrativeUnit',
    answer: { status: 200, value: 0 },
  },
];

const groups: readonly Stated[] = [
  {
    says: 'creates a group with members and owners',
    ask: 'POST groups',
    body: {
      displayName: 'Operators',
      mailEnabled: false,
      mailNickname: 'operators',
      securityEnabled: true,
      isAssignableToRole: true,
      'members@odata.bind': ['https://graph.microsoft.com/v1.0/users/{nina}'],
      'owners@odata.bind': ['https://graph.microsoft.com/v1.0/users/{bob}'],
    },
    keep: { operators: 'id' },
    answer: { status: 201, context: '#groups/$entity', body: { isAssignableToRole: true, groupTypes: [] } },
  },
  {
    says: 'refuses computed membership',
    ask: 'POST groups',
    body: {
      displayName: 'All',
      mailEnabled: false,
      mailNickname: 'all',
      securityEnabled: true,
      groupTypes: ['DynamicMembership'],
      membershipRule: 'true',
    },
    answer: { status: 400, says: 'membershipRule is not supported' },
    differs: 'Nothing here computes membership; Microsoft refuses it for role-assignable groups only.',
  },
  {
    says: 'changes a group',
    ask: 'PATCH groups/{operators}',
    body: { description: 'Runs it' },
    answer: { status: 204 },
  },
  {
    says: 'does not make a group role-assignable afterwards',
    ask: 'PATCH groups/{approvers}',
    body: { isAssignableToRole: true },
    answer: { status: 400, code: 'Request_BadRequest' },
  },
  { says: 'adds a member', ask: 'POST groups/{operators}/members/$ref', body: ref('{erin}'), answer: { status: 204 } },
  {
    says: 'adds nobody twice',
    ask: 'POST groups/{operators}/members/$ref',
    body: ref('{erin}'),
    answer: { status: 400, code: 'Request_BadRequest', says: 'already exist' },
  },
  {
    says: 'takes no group into a role-assignable one',
    ask: 'POST groups/{operators}/members/$ref',
    body: ref('{approvers}'),
    answer: { status: 400, code: 'Request_BadRequest' },
  },
  {
    says: 'needs a permission more for a role-assignable group',
    ask: 'POST groups/{operators}/members/$ref',
    signIn: { scopes: ['GroupMember.ReadWrite.All'] },
    body: ref('{frank}'),
    answer: { status: 403, code: 'PermissionScopeNotGranted' },
  },
  {
    says: 'lists the people in it',
    ask: 'GET groups/{operators}/members/microsoft.graph.user',
    answer: { status: 200, value: 2 },
  },
  { says: 'lists everybody in it', ask: 'GET groups/{operators}/transitiveMembers', answer: { status: 200, value: 2 } },
  {
    says: 'lists all people in it',
    ask: 'GET groups/{operators}/transitiveMembers/microsoft.graph.user',
    answer: { status: 200, value: 2 },
  },
  { says: 'adds an owner', ask: 'POST groups/{operators}/owners/$ref', body: ref('{alice}'), answer: { status: 204 } },
  { says: 'lists owners', ask: 'GET groups/{operators}/owners', answer: { status: 200, value: 2 } },
  { says: 'removes an owner', ask: 'DELETE groups/{operators}/owners/{alice}/$ref', answer: { status: 204 } },
  {
    says: 'keeps the last owner',
    ask: 'DELETE groups/{operators}/owners/{bob}/$ref',
    answer: { status: 400, code: 'Request_BadRequest', says: 'at least one owner' },
  },
  { says: 'removes a member', ask: 'DELETE groups/{operators}/members/{erin}/$ref', answer: { status: 204 } },
  {
    says: 'removes nobody twice',
    ask: 'DELETE groups/{operators}/members/{erin}/$ref',
    answer: { status: 404, code: 'Request_ResourceNotFound' },
  },
  { says: 'lists what a group is in', ask: 'GET groups/{operators}/memberOf', answer: { status: 200, value: 0 } },
  {
    says: 'lists the groups it is in',
    ask: 'GET groups/{operators}/memberOf/microsoft.graph.group',
    answer: { status: 200, value: 0 },
  },
  { says: 'lists all it is in', ask: 'GET groups/{operators}/transitiveMemberOf', answer: { status: 200, value: 0 } },
  {
    says: 'lists all groups it is in',
    ask: 'GET groups/{operators}/transitiveMemberOf/microsoft.graph.group',
    answer: { status: 200, value: 0 },
  },
  { says: 'deletes a group', ask: 'DELETE groups/{operators}', answer: { status: 204 } },
  {
    says: 'deletes a user, who is in nothing any more',
    ask: 'DELETE users/{nina}',
    answer: { status: 204 },
    differs: 'For good: there is no `directory/deletedItems`.',
  },
  {
    says: 'keeps the last administrator',
    ask: 'DELETE users/{ada}',
    answer: { status: 400, code: 'InvalidRoleAssignmentRequest' },
  },
];

/** reference §1.13: people and groups, created, changed and deleted */
export const directory: readonly Row[] = [...people, ...groups].map((row) => ({ section: '1.13', ...row }));
