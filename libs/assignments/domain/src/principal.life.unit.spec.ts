import type { Actor, PrincipalAttributes, PrincipalEvent, PrincipalRegistered, PrincipalType } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { principal, type PrincipalCommand } from './principal.decide';
import { mostManagersAbove, type ManagerToBe } from './principal.manager';

const { given } = specFor(principal);
const now = '2026-03-01T12:00:00.000Z';
const paul: Actor = { id: 'paul', kind: 'user' };

const data = (principalType: PrincipalType): Omit<PrincipalRegistered['data'], 'at'> => ({
  principalId: 'p',
  principalType,
  displayName: 'Erin',
  userPrincipalName: null,
  mail: null,
  appId: null,
  appRoles: [],
  isAssignableToRole: principalType === 'group',
  accountEnabled: true,
});
const registered = (principalType: PrincipalType = 'user'): PrincipalEvent => ({
  type: 'PrincipalRegistered',
  data: { ...data(principalType), at: now },
});
const register = (more?: Partial<PrincipalAttributes>, type: PrincipalType = 'user'): PrincipalCommand => ({
  type: 'RegisterPrincipal',
  data: { ...data(type), ...(more ? { more } : {}), now },
});
const change = (attributes: Partial<PrincipalAttributes>): PrincipalCommand => ({
  type: 'ChangeAttributes',
  data: { principalId: 'p', attributes, now },
});
const changed = (what: Partial<PrincipalAttributes>, principalType: PrincipalType = 'user'): PrincipalEvent => ({
  type: 'PrincipalAttributesChanged',
  data: { principalId: 'p', principalType, changed: what, at: now },
});
const remove: PrincipalCommand = { type: 'DeletePrincipal', data: { principalId: 'p', by: paul, now } };
const deleted = (principalType: PrincipalType = 'user'): PrincipalEvent => ({
  type: 'PrincipalDeleted',
  data: { principalId: 'p', principalType, by: paul, at: now },
});
const off: PrincipalEvent = { type: 'PrincipalDisabled', data: { principalId: 'p', by: paul, at: now } };

describe('attributes', () => {
  it('beside those of the registration come in an event of their own, in the same breath', () =>
    given()
      .when(register({ jobTitle: 'Engineer', department: null, businessPhones: [] }))
      .then(registered(), changed({ jobTitle: 'Engineer' })));

  it('are recorded where they differ, and only there', () => {
    given(registered(), changed({ jobTitle: 'Engineer', businessPhones: ['1'] }))
      .when(change({ displayName: 'Erin B', jobTitle: 'Engineer', businessPhones: ['1'], mail: null }))
      .then(changed({ displayName: 'Erin B' }));
    given(registered(), changed({ jobTitle: 'Engineer' }))
      .when(change({ jobTitle: null }))
      .then(changed({ jobTitle: null }));
  });

  it('are of somebody', () =>
    given()
      .when(change({ mail: 'a@b' }))
      .thenRejected('Request_ResourceNotFound'));

  it('cannot make a group that may hold roles anything but a security group, nor any group compute its members', () => {
    given(registered('group'))
      .when(change({ securityEnabled: false }))
      .thenRejected('Request_BadRequest');
    given(registered('group'))
      .when(change({ groupTypes: ['DynamicMembership'] }))
      .thenRejected('Request_BadRequest');
    given()
      .when(register({ groupTypes: ['DynamicMembership'] }, 'group'))
      .thenRejected('Request_BadRequest');
  });
});

describe('a manager', () => {
  const manager = (more: Partial<ManagerToBe> = {}): ManagerToBe => ({ id: 'm', type: 'user', above: ['n'], ...more });
  const manage = (who: ManagerToBe | null): PrincipalCommand => ({
    type: 'ChangeAttributes',
    data: { principalId: 'p', attributes: { managerId: who && who.id }, manager: who, now },
  });

  it('is a user, of users', () => {
    given(registered())
      .when(manage(manager()))
      .then(changed({ managerId: 'm' }));
    given(registered())
      .when(manage(manager({ type: 'group' })))
      .thenRejected('Request_BadRequest');
    given(registered())
      .when(manage(manager({ type: null })))
      .thenRejected('Request_ResourceNotFound');
    given(registered())
      .when(change({ managerId: 'm' }))
      .thenRejected('Request_ResourceNotFound');
    given(registered('servicePrincipal')).when(manage(manager())).thenRejected('Request_BadRequest');
  });

  it('may come with the registration', () => {
    const { data: about } = register({ managerId: 'm' }) as Extract<PrincipalCommand, { type: 'RegisterPrincipal' }>;
    given()
      .when({ type: 'RegisterPrincipal', data: { ...about, manager: manager() } })
      .then(registered(), changed({ managerId: 'm' }));
    given().when({ type: 'RegisterPrincipal', data: about }).thenRejected('Request_ResourceNotFound');
  });

  it('never reports to the one they manage, and is not too far down to tell', () => {
    given(registered())
      .when(manage(manager({ id: 'p', above: [] })))
      .thenRejected('Request_BadRequest');
    given(registered())
      .when(manage(manager({ above: ['n', 'p'] })))
      .thenRejected('Request_BadRequest');
    const above = Array.from({ length: mostManagersAbove }, (_, n) => `above-${n}`);
    given(registered())
      .when(manage(manager({ above })))
      .thenRejected('Request_BadRequest');
    given(registered())
      .when(manage(manager({ above: above.slice(1) })))
      .then(changed({ managerId: 'm' }));
  });

  it('who is there already is not asked about again', () =>
    given(registered(), changed({ managerId: 'm' }))
      .when(manage(manager({ type: null })))
      .thenNothing());

  it('may be taken away', () =>
    given(registered(), changed({ managerId: 'm' }))
      .when(manage(null))
      .then(changed({ managerId: null })));
});

describe('deletion', () => {
  it('is for an account that is off', () => {
    given(registered(), off).when(remove).then(deleted());
    given(registered()).when(remove).thenRejected('Conflict');
    given(registered('servicePrincipal')).when(remove).thenRejected('Conflict');
  });

  it.each(['group', 'administrativeUnit'] as const)('needs nothing first for a %s', (type) =>
    given(registered(type)).when(remove).then(deleted(type)),
  );

  it('is final: the id is spent, and nothing more happens to it', () => {
    const gone = [registered(), off, deleted()];
    given(...gone)
      .when(register())
      .thenRejected('Conflict');
    given(...gone)
      .when(change({ mail: 'a@b' }))
      .thenRejected('Request_ResourceNotFound');
    const enabled: PrincipalEvent = { type: 'PrincipalEnabled', data: { principalId: 'p', by: paul, at: now } };
    expect(fold(principal, [...gone, enabled, registered()])).toEqual({ status: 'deleted', principalType: 'user' });
  });

  it('is of somebody', () => given().when(remove).thenRejected('Request_ResourceNotFound'));
});
