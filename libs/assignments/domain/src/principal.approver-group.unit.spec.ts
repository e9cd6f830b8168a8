import type { PrincipalEvent, PrincipalType } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { isProtectedGroup } from './principal.approver-group.decide';
import { principal, type PrincipalCommand } from './principal.decide';

const { given } = specFor(principal);
const now = '2026-03-01T12:00:00.000Z';
const protectedUntil = '2026-03-03T12:00:00.000Z';

const registered = (principalType: PrincipalType): PrincipalEvent => ({
  type: 'PrincipalRegistered',
  data: {
    principalId: 'g',
    principalType,
    displayName: 'Approvers',
    userPrincipalName: null,
    mail: null,
    appId: null,
    appRoles: [],
    isAssignableToRole: false,
    accountEnabled: true,
    at: now,
  },
});
const group = registered('group');
const settle = (policyStreamId: string, isNamed: boolean): PrincipalCommand => ({
  type: 'SettleNaming',
  data: { groupId: 'g', policyStreamId, isNamed, protectedUntil, now },
});
const named = (policyStreamId: string): PrincipalEvent => ({
  type: 'GroupNamedAsApprover',
  data: { groupId: 'g', policyStreamId, at: now },
});
const released = (policyStreamId: string): PrincipalEvent => ({
  type: 'GroupNoLongerNamedAsApprover',
  data: { groupId: 'g', policyStreamId, protectedUntil, at: now },
});

describe('a group that settings name as approver', () => {
  it('knows of each once', () => {
    given(group).when(settle('p', true)).then(named('p'));
    given(group, named('p')).when(settle('p', true)).thenNothing();
    given(group, named('p')).when(settle('q', true)).then(named('q'));
  });

  it('knows that one stopped, and that it began again', () => {
    given(group, named('p')).when(settle('p', false)).then(released('p'));
    given(group, named('p'), released('p')).when(settle('p', false)).thenNothing();
    given(group, named('p'), released('p')).when(settle('p', true)).then(named('p'));
  });

  it('says nothing of settings that never named it, nor when it is no group or is not there', () => {
    given(group).when(settle('p', false)).thenNothing();
    given(registered('user')).when(settle('p', true)).thenNothing();
    given().when(settle('p', true)).thenNothing();
  });

  const isProtected = (at: string, ...events: PrincipalEvent[]) => {
    const state = fold(principal, [group, ...events]);
    return state.status === 'known' && isProtectedGroup(state, at);
  };

  it('is protected while one of them does, and while requests may wait for it', () => {
    expect(isProtected(now)).toBe(false);
    expect(isProtected(protectedUntil, named('p'))).toBe(true);
    expect(isProtected('2026-03-03T11:59:59.999Z', named('p'), released('p'))).toBe(true);
    expect(isProtected(protectedUntil, named('p'), released('p'))).toBe(false);
    expect(isProtected(protectedUntil, named('p'), named('q'), released('p'))).toBe(true);
  });
});
