import type { Actor, PrincipalEvent, PrincipalRegistered, PrincipalType } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { isEnabled } from './principal';
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
const requested: PrincipalEvent = { type: 'PrincipalDisableRequested', data: { ...by, at: now } };
const disabled: PrincipalEvent = { type: 'PrincipalDisabled', data: { ...by, at: later } };
const enabled: PrincipalEvent = { type: 'PrincipalEnabled', data: { ...by, at: now } };
const membership = { groupId: 'erin', groupType: 'group' as const, memberId: 'grace', at: now };
const joined: PrincipalEvent = { type: 'GroupMemberAdded', data: membership };
const refusal = { code: 'InvalidRoleAssignmentRequest', message: 'the last one' };
const refused: PrincipalEvent = { type: 'PrincipalDisableRefused', data: { ...by, ...refusal, at: later } };

const register: PrincipalCommand = { type: 'RegisterPrincipal', data: { ...attributes('user'), now } };
const grace = { id: 'grace', type: 'user' as const };
const addMember: PrincipalCommand = {
  type: 'AddGroupMember',
  data: { groupId: 'erin', member: grace, clashes: [], by: paul, now },
};
const request: PrincipalCommand = { type: 'RequestDisable', data: { ...by, now } };
const disable: PrincipalCommand = { type: 'DisablePrincipal', data: { principalId: 'erin', now: later } };
const refuse: PrincipalCommand = { type: 'RefuseDisable', data: { principalId: 'erin', ...refusal, now: later } };
const enable: PrincipalCommand = { type: 'EnablePrincipal', data: { ...by, timesOff: 1, now } };

describe('a principal', () => {
  it('is registered once', () => given().when(register).then(registered()));

  it('takes members when it is a group, each once', () => given(registered('group')).when(addMember).then(joined));

  it.each(['user', 'servicePrincipal'] as const)('takes no members when it is a %s', (type) =>
    given(registered(type)).when(addMember).thenRejected('Request_BadRequest'),
  );

  it.each([addMember, request, disable, refuse, enable])(
    'must be known before anything happens to it: $type',
    (command) => given().when(command).thenRejected('Request_ResourceNotFound'),
  );

  it('is known by what decisions ask: its type, its account, who is in it', () => {
    const state = fold(principal, [registered('group'), joined, requested, disabled]);
    expect(state).toMatchObject({ principalType: 'group', account: { status: 'off' }, isAssignableToRole: true });
    expect(state.status === 'known' && [...state.members.values()]).toEqual(['grace']);
  });

  it('that was never registered is changed by no event', () =>
    expect(fold(principal, [joined, requested, disabled, enabled, refused])).toEqual({ status: 'absent' }));
});

describe('an account that is on', () => {
  it('is asked to go off, once', () => given(registered()).when(request).then(requested));

  it('does not go off unless it was asked to, and is not refused to', () => {
    given(registered()).when(disable).thenNothing();
    given(registered()).when(refuse).thenNothing();
  });

  it('is not switched on', () => given(registered()).when(enable).thenNothing());
});

describe('an account that is being switched off', () => {
  const going = [registered(), requested];

  it('is asked only once', () =>
    given(...going)
      .when(request)
      .thenNothing());

  it('goes off in the name of whoever asked', () =>
    given(...going)
      .when(disable)
      .then(disabled));

  it('or stays on, in the name of whoever asked, and remembers why', () => {
    given(...going)
      .when(refuse)
      .then(refused);
    expect(fold(principal, [...going, refused])).toMatchObject({ account: { status: 'on', refusal } });
  });

  it('is not switched on meanwhile', () =>
    given(...going)
      .when(enable)
      .thenRejected('Conflict'));

  it('is still enabled until it is off', () => {
    expect(isEnabled(fold(principal, going))).toBe(true);
    expect(isEnabled(fold(principal, [...going, disabled]))).toBe(false);
  });

  it('can be asked again after it was refused', () =>
    given(...going, refused)
      .when(request)
      .then(requested));
});

describe('an account that is off', () => {
  const gone = [registered(), requested, disabled];

  it.each([request, disable, refuse])('is left alone by $type', (command) =>
    given(...gone)
      .when(command)
      .thenNothing(),
  );

  it('is switched on, once, and can go off again', () => {
    given(...gone)
      .when(enable)
      .then(enabled);
    given(...gone, enabled)
      .when(request)
      .then(requested);
  });

  it('is not switched on by whoever saw to an earlier time that it was off', () =>
    given(...gone, enabled, requested, disabled)
      .when(enable)
      .thenRejected('Conflict'));

  it('forgets an earlier refusal when it comes on', () =>
    expect(fold(principal, [registered(), requested, refused, requested, disabled, enabled])).toMatchObject({
      account: { status: 'on', refusal: null },
    }));

  it('was registered so, or nobody may use it that nobody knows', () => {
    const event: PrincipalEvent = {
      type: 'PrincipalRegistered',
      data: { ...attributes('user'), accountEnabled: false, at: now },
    };
    expect(isEnabled(fold(principal, [event]))).toBe(false);
    expect(isEnabled(fold(principal, []))).toBe(false);
  });
});
