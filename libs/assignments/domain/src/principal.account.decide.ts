import type { Actor, Instant, PrincipalEvent } from '@pim/contracts';
import { Rejection, type DomainCommand } from '@pim/kernel';
import { requireKnown, type PrincipalState } from './principal';

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

export const requestDisable = (
  { principalId, by, now }: RequestDisable['data'],
  state: PrincipalState,
): PrincipalEvent[] =>
  requireKnown(state, principalId).account.status === 'on'
    ? [{ type: 'PrincipalDisableRequested', data: { principalId, by, at: now } }]
    : [];

/** In the name of whoever wanted it; silence when nobody does. */
export const disable = ({ principalId, now }: DisablePrincipal['data'], state: PrincipalState): PrincipalEvent[] => {
  const { account } = requireKnown(state, principalId);
  if (account.status !== 'switchingOff') return [];
  return [{ type: 'PrincipalDisabled', data: { principalId, by: account.by, at: now } }];
};

export const refuseDisable = (command: RefuseDisable['data'], state: PrincipalState): PrincipalEvent[] => {
  const { principalId, code, message, now } = command;
  const { account } = requireKnown(state, principalId);
  if (account.status !== 'switchingOff') return [];
  return [{ type: 'PrincipalDisableRefused', data: { principalId, code, message, by: account.by, at: now } }];
};

/** Off and on never overlap: whoever wants an account on while it is going off is told to come back. */
export const enable = (
  { principalId, timesOff, by, now }: EnablePrincipal['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  const { account, ...been } = requireKnown(state, principalId);
  if (account.status === 'switchingOff')
    throw new Rejection('conflict', 'Conflict', 'The account is being switched off. Try again.');
  if (account.status === 'on') return [];
  if (timesOff !== been.timesOff)
    throw new Rejection('conflict', 'Conflict', 'The account was switched off at the same moment. Try again.');
  return [{ type: 'PrincipalEnabled', data: { principalId, by, at: now } }];
};
