import type { Actor, Instant, PrincipalEvent, PrincipalRegistered } from '@pim/contracts';
import { Rejection, type Decider, type DomainCommand } from '@pim/kernel';
import { absent, evolvePrincipal, type PrincipalState } from './principal';

export type RegisterPrincipal = DomainCommand<
  'RegisterPrincipal',
  Omit<PrincipalRegistered['data'], 'at'> & { now: Instant }
>;

export type AddGroupMember = DomainCommand<'AddGroupMember', { groupId: string; memberId: string; now: Instant }>;

/** Switches an account off, after it was barred from the protected roles; nothing here asks whether it was. */
export type DisablePrincipal = DomainCommand<'DisablePrincipal', { principalId: string; by: Actor; now: Instant }>;

export type EnablePrincipal = DomainCommand<'EnablePrincipal', { principalId: string; by: Actor; now: Instant }>;

/** Puts on record that the guard of a protected role did not let the account be switched off. */
export type RefuseDisable = DomainCommand<
  'RefuseDisable',
  { principalId: string; code: string; message: string; by: Actor; now: Instant }
>;

export type PrincipalCommand = RegisterPrincipal | AddGroupMember | DisablePrincipal | EnablePrincipal | RefuseDisable;

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

const disable = ({ principalId, by, now }: DisablePrincipal['data'], state: PrincipalState): PrincipalEvent[] =>
  known(state, principalId).accountEnabled ? [{ type: 'PrincipalDisabled', data: { principalId, by, at: now } }] : [];

const enable = ({ principalId, by, now }: EnablePrincipal['data'], state: PrincipalState): PrincipalEvent[] =>
  known(state, principalId).accountEnabled ? [] : [{ type: 'PrincipalEnabled', data: { principalId, by, at: now } }];

/** Each attempt is on record; only the same person's at the same instant is a repetition. */
const refuseDisable = (
  { principalId, code, message, by, now }: RefuseDisable['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  const { accountEnabled, refused } = known(state, principalId);
  if (!accountEnabled || (refused?.by === by.id && refused.at === now)) return [];
  return [{ type: 'PrincipalDisableRefused', data: { principalId, code, message, by, at: now } }];
};

const decide = (command: PrincipalCommand, state: PrincipalState): readonly PrincipalEvent[] => {
  switch (command.type) {
    case 'RegisterPrincipal':
      return register(command.data, state);
    case 'AddGroupMember':
      return addMember(command.data, state);
    case 'DisablePrincipal':
      return disable(command.data, state);
    case 'EnablePrincipal':
      return enable(command.data, state);
    case 'RefuseDisable':
      return refuseDisable(command.data, state);
  }
};

/** One user, group or service principal. All but registering needs it to be known, else `Request_ResourceNotFound`. */
export const principal: Decider<PrincipalState, PrincipalCommand, PrincipalEvent> = {
  initial: absent,
  evolve: evolvePrincipal,
  decide,
};
