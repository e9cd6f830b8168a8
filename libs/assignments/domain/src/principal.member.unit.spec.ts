import type { PrincipalEvent, PrincipalRegistered, PrincipalType } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { principal, type PrincipalCommand } from './principal.decide';

const { given } = specFor(principal);
const now = '2026-03-01T12:00:00.000Z';
const by = { id: 'paul', kind: 'user' } as const;

const registered = (principalType: PrincipalType, more: Partial<PrincipalRegistered['data']> = {}): PrincipalEvent => ({
  type: 'PrincipalRegistered',
  data: {
    principalId: 'g',
    principalType,
    displayName: 'Operators',
    userPrincipalName: null,
    mail: null,
    appId: null,
    appRoles: [],
    isAssignableToRole: false,
    accountEnabled: true,
    at: now,
    ...more,
  },
});
const group = registered('group');
const roleAssignable = registered('group', { isAssignableToRole: true });
const unit = registered('administrativeUnit');

const add = (type: PrincipalType | null, id = 'x'): PrincipalCommand => ({
  type: 'AddGroupMember',
  data: { groupId: 'g', member: { id, type }, clashes: [], by, now },
});
const remove: PrincipalCommand = { type: 'RemoveGroupMember', data: { groupId: 'g', memberId: 'x', now } };
const own = (type: PrincipalType | null): PrincipalCommand => ({
  type: 'AddGroupOwner',
  data: { groupId: 'g', owner: { id: 'x', type }, now },
});
const disown = (isGone = false): PrincipalCommand => ({
  type: 'RemoveGroupOwner',
  data: { groupId: 'g', ownerId: 'x', isGone, now },
});
const joined = (groupType: 'group' | 'administrativeUnit' = 'group'): PrincipalEvent => ({
  type: 'GroupMemberAdded',
  data: { groupId: 'g', groupType, memberId: 'x', at: now },
});
const left: PrincipalEvent = {
  type: 'GroupMemberRemoved',
  data: { groupId: 'g', groupType: 'group', memberId: 'x', at: now },
};
const owned = (ownerId = 'x'): PrincipalEvent => ({
  type: 'GroupOwnerAdded',
  data: { groupId: 'g', ownerId, at: now },
});
const disowned: PrincipalEvent = { type: 'GroupOwnerRemoved', data: { groupId: 'g', ownerId: 'x', at: now } };

describe('membership', () => {
  it.each(['user', 'group', 'servicePrincipal'] as const)('of a group is for a %s', (type) =>
    given(group).when(add(type)).then(joined()),
  );

  it('is for nobody unknown, for no unit, and not for the group itself', () => {
    given(group).when(add(null)).thenRejected('Request_ResourceNotFound');
    given(group).when(add('administrativeUnit')).thenRejected('Request_BadRequest');
    given(group).when(add('group', 'g')).thenRejected('Request_BadRequest');
  });

  it('of a group that may hold roles is for no other group: its members would hold them, too', () => {
    given(roleAssignable).when(add('group')).thenRejected('Request_BadRequest');
    given(roleAssignable).when(add('user')).then(joined());
  });

  it('of an administrative unit is for users and groups', () => {
    given(unit).when(add('user')).then(joined('administrativeUnit'));
    given(unit).when(add('servicePrincipal')).thenRejected('Request_BadRequest');
  });

  it('ends once', () => {
    given(group, joined()).when(remove).then(left);
    given(group, joined(), left).when(remove).thenNothing();
    given(registered('user')).when(remove).thenRejected('Request_BadRequest');
  });

  it('may come back', () => given(group, joined(), left).when(add('user')).then(joined()));
});

describe('ownership', () => {
  it('is for users and service principals, and of groups only', () => {
    given(group).when(own('user')).then(owned());
    given(group).when(own('servicePrincipal')).then(owned());
    given(group).when(own('group')).thenRejected('Request_BadRequest');
    given(group).when(own(null)).thenRejected('Request_ResourceNotFound');
    given(unit).when(own('user')).thenRejected('Request_BadRequest');
  });

  it('ends, but not that of the last owner, unless they are gone', () => {
    given(group, owned(), owned('y')).when(disown()).then(disowned);
    given(group, owned()).when(disown()).thenRejected('Request_BadRequest');
    given(group, owned()).when(disown(true)).then(disowned);
    given(group).when(disown()).thenNothing();
  });
});

describe('membership of a group whose roles must be apart from the member’s', () => {
  const clash = { principalId: 'x', gains: 'Auditor (a)', has: 'Operator (b)', start: now, end: null };
  const asked = { groupId: 'g', clashes: [clash], by, now };
  const code = 'RoleAssignmentRequestPolicyValidationFailed';
  const refused = { type: 'GroupMemberRefused', data: { memberId: 'x', code, by } };
  const decided = (command: PrincipalCommand, ...history: PrincipalEvent[]) =>
    principal.decide(command, fold(principal, history));

  it('is refused on record', () => {
    const command = { type: 'AddGroupMember', data: { ...asked, member: { id: 'x', type: 'user' } } } as const;
    expect(decided(command, roleAssignable)).toMatchObject([refused]);
    expect(decided(command, roleAssignable, joined())).toEqual([]);
  });

  it('ends when it came about in the same moment, and says why', () => {
    const command = { type: 'TakeBackMember', data: { ...asked, memberId: 'x' } } as const;
    expect(decided(command, roleAssignable, joined())).toMatchObject([refused, left]);
    given(roleAssignable).when(command).thenNothing();
    given(roleAssignable, joined())
      .when({ ...command, data: { ...command.data, clashes: [] } })
      .thenNothing();
  });
});
