import type { Actor, PrincipalEvent, PrincipalRegistered, PrincipalType } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { principal, type PrincipalCommand } from './principal.decide';

const { given } = specFor(principal);
const now = '2026-03-01T12:00:00.000Z';
const later = '2026-03-01T13:00:00.000Z';
const paul: Actor = { id: 'paul', kind: 'user' };
const by = { principalId: 'erin', by: paul };

const attributes = (principalType: PrincipalType): Omit<PrincipalRegistered['data'], 'at'> => ({
  principalId: 'erin',
  principalType,
  displayName: 'Erin',
  userPrincipalName: 'erin@contoso.example',
  mail: null,
  appId: null,
  appRoles: [],
  isAssignableToRole: principalType === 'group',
  accountEnabled: true,
});
const registered = (type: PrincipalType = 'user'): PrincipalEvent => ({
  type: 'PrincipalRegistered',
  data: { ...attributes(type), at: now },
});
const disabled: PrincipalEvent = { type: 'PrincipalDisabled', data: { ...by, at: now } };
const enabled: PrincipalEvent = { type: 'PrincipalEnabled', data: { ...by, at: now } };
const joined: PrincipalEvent = { type: 'GroupMemberAdded', data: { groupId: 'erin', memberId: 'grace', at: now } };
const refusal = { ...by, code: 'InvalidRoleAssignmentRequest', message: 'the last one' };
const refused = (at: string): PrincipalEvent => ({ type: 'PrincipalDisableRefused', data: { ...refusal, at } });

const register: PrincipalCommand = { type: 'RegisterPrincipal', data: { ...attributes('user'), now } };
const addMember: PrincipalCommand = { type: 'AddGroupMember', data: { groupId: 'erin', memberId: 'grace', now } };
const disable: PrincipalCommand = { type: 'DisablePrincipal', data: { ...by, now } };
const enable: PrincipalCommand = { type: 'EnablePrincipal', data: { ...by, now } };
const refuse = (at: string): PrincipalCommand => ({ type: 'RefuseDisable', data: { ...refusal, now: at } });

describe('a principal', () => {
  it('is registered once', () => given().when(register).then(registered()));

  it('takes members when it is a group, each once', () => given(registered('group')).when(addMember).then(joined));

  it.each(['user', 'servicePrincipal'] as const)('takes no members when it is a %s', (type) =>
    given(registered(type)).when(addMember).thenRejected('Request_BadRequest'),
  );

  it('is disabled once', () => given(registered()).when(disable).then(disabled));

  it('is enabled once, and only after it was disabled', () => {
    given(registered(), disabled).when(enable).then(enabled);
    given(registered()).when(enable).thenNothing();
  });

  it('can be disabled again after it was enabled', () =>
    given(registered(), disabled, enabled).when(disable).then(disabled));

  it('has each refusal to disable it on record, but not the same one twice', () => {
    given(registered()).when(refuse(now)).then(refused(now));
    given(registered(), refused(now)).when(refuse(later)).then(refused(later));
  });

  it('is not refused to be disabled when it is disabled already', () =>
    given(registered(), disabled).when(refuse(later)).thenNothing());

  it.each([addMember, disable, enable, refuse(now)])('must be known before anything happens to it: $type', (command) =>
    given().when(command).thenRejected('Request_ResourceNotFound'),
  );

  it('is known by what decisions ask: its type, whether it is enabled, who is in it', () => {
    const state = fold(principal, [registered('group'), joined, disabled]);
    expect(state).toMatchObject({
      status: 'known',
      principalType: 'group',
      accountEnabled: false,
      isAssignableToRole: true,
    });
    expect(state.status === 'known' && [...state.members.values()]).toEqual(['grace']);
  });

  it('that was never registered is changed by no event', () =>
    expect(fold(principal, [joined, disabled, enabled, refused(now)])).toEqual({ status: 'absent' }));
});
