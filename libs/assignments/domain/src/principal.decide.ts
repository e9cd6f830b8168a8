import type { Actor, Instant, PrincipalEvent, PrincipalRegistered } from '@pim/contracts';
import { Rejection, type Decider, type DomainCommand } from '@pim/kernel';
import { absent, evolvePrincipal, type PrincipalState } from './principal';

export type RegisterPrincipal = DomainCommand<
  'RegisterPrincipal',
  Omit<PrincipalRegistered['data'], 'at'> & { now: Instant }
>;

export type AddGroupMember = DomainCommand<'AddGroupMember', { groupId: string; memberId: string; now: Instant }>;

/** Wants an account off. Whether it goes off is decided afterwards, by the guards of the protected roles. */
export type RequestDisable = DomainCommand<'RequestDisable', { principalId: string; by: Actor; now: Instant }>;

/** Switches an account off that was barred from the protected roles; nothing here asks whether it was. */
export type DisablePrincipal = DomainCommand<'DisablePrincipal', { principalId: string; now: Instant }>;

/** Leaves an account on, because the guard of a protected role did not let it go. */
export type RefuseDisable = DomainCommand<
  'RefuseDisable',
  { principalId: string; code: string; message: string; now: Instant }
>;

/**
 * Switches an account on, after what it held was ended; `timesOff` says of which time that it was off, so that nothing
 * of a later one comes back.
 */
export type EnablePrincipal = DomainCommand<
  'EnablePrincipal',
  { principalId: string; timesOff: number; by: Actor; now: Instant }
>;

export type PrincipalCommand =
  RegisterPrincipal | AddGroupMember | RequestDisable | DisablePrincipal | RefuseDisable | EnablePrincipal;

type Known = Extract<PrincipalState, { status: 'known' }>;

const known = (state: PrincipalState, id: string): Known => {
  if (state.status === 'known') return state;
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  throw new Rejection('not-found', 'Request_ResourceNotFound', message);
};

const register = ({ now, ...attributes }: RegisterPrincipal['data'], state: PrincipalState): PrincipalEvent[] =>
  state.status === 'known' ? [] : [{ type: 'PrincipalRegistered', data: { ...attributes, at: now } }];

const addMember = ({ groupId, memberId, now }: AddGroupMember['data'], state: PrincipalState): PrincipalEvent[] => {
  const group = known(state, groupId);
  if (group.principalType !== 'group')
    throw new Rejection('invalid', 'Request_BadRequest', `'${groupId}' is not a group: only a group has members.`);
  return group.members.has(memberId) ? [] : [{ type: 'GroupMemberAdded', data: { groupId, memberId, at: now } }];
};

const requestDisable = ({ principalId, by, now }: RequestDisable['data'], state: PrincipalState): PrincipalEvent[] =>
  known(state, principalId).account.status === 'on'
    ? [{ type: 'PrincipalDisableRequested', data: { principalId, by, at: now } }]
    : [];

/** In the name of whoever wanted it; silence when nobody does. */
const disable = ({ principalId, now }: DisablePrincipal['data'], state: PrincipalState): PrincipalEvent[] => {
  const { account } = known(state, principalId);
  if (account.status !== 'switchingOff') return [];
  return [{ type: 'PrincipalDisabled', data: { principalId, by: account.by, at: now } }];
};

const refuseDisable = (command: RefuseDisable['data'], state: PrincipalState): PrincipalEvent[] => {
  const { principalId, code, message, now } = command;
  const { account } = known(state, principalId);
  if (account.status !== 'switchingOff') return [];
  return [{ type: 'PrincipalDisableRefused', data: { principalId, code, message, by: account.by, at: now } }];
};

/** Off and on never overlap: whoever wants an account on while it is going off is told to come back. */
const enable = (
  { principalId, timesOff, by, now }: EnablePrincipal['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  const { account, ...been } = known(state, principalId);
  if (account.status === 'switchingOff')
    throw new Rejection('conflict', 'Conflict', 'The account is being switched off. Try again.');
  if (account.status === 'on') return [];
  if (timesOff !== been.timesOff)
    throw new Rejection('conflict', 'Conflict', 'The account was switched off at the same moment. Try again.');
  return [{ type: 'PrincipalEnabled', data: { principalId, by, at: now } }];
};

const decide = (command: PrincipalCommand, state: PrincipalState): readonly PrincipalEvent[] => {
  switch (command.type) {
    case 'RegisterPrincipal':
      return register(command.data, state);
    case 'AddGroupMember':
      return addMember(command.data, state);
    case 'RequestDisable':
      return requestDisable(command.data, state);
    case 'DisablePrincipal':
      return disable(command.data, state);
    case 'RefuseDisable':
      return refuseDisable(command.data, state);
    case 'EnablePrincipal':
      return enable(command.data, state);
  }
};

/** One user, group or service principal. All but registering needs it to be known, else `Request_ResourceNotFound`. */
export const principal: Decider<PrincipalState, PrincipalCommand, PrincipalEvent> = {
  initial: absent,
  evolve: evolvePrincipal,
  decide,
};
