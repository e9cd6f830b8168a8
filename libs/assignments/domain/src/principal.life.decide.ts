import type { Actor, Instant, PrincipalAttributes, PrincipalEvent, PrincipalRegistered } from '@pim/contracts';
import { canonicalJson, Rejection, type DomainCommand } from '@pim/kernel';
import {
  absent,
  badRequest,
  evolvePrincipal,
  requireKnown,
  type KnownPrincipal,
  type PrincipalState,
} from './principal';
import { requireManagerFit, type ManagerToBe } from './principal.manager';

/** `more`: attributes that the registration itself does not hold. `manager`: as in `ChangeAttributes`. */
export type RegisterPrincipal = DomainCommand<
  'RegisterPrincipal',
  Omit<PrincipalRegistered['data'], 'at'> & {
    more?: Partial<PrincipalAttributes>;
    manager?: ManagerToBe | null;
    now: Instant;
  }
>;

/** `manager`: whom the attribute `managerId` names; without it, it names nobody who is known. */
export type ChangeAttributes = DomainCommand<
  'ChangeAttributes',
  { principalId: string; attributes: Partial<PrincipalAttributes>; manager?: ManagerToBe | null; now: Instant }
>;

/** Removes a principal whose account, if it has one, is off. */
export type DeletePrincipal = DomainCommand<'DeletePrincipal', { principalId: string; by: Actor; now: Instant }>;

type Key = keyof PrincipalAttributes;

/** The attributes among these that differ from what is so. */
const differing = (asked: Partial<PrincipalAttributes>, { attributes }: KnownPrincipal): Partial<PrincipalAttributes> =>
  Object.fromEntries(
    Object.entries(asked).filter(
      ([key, value]) => value !== undefined && canonicalJson(value) !== canonicalJson(attributes[key as Key]),
    ),
  );

/** Silence for one that is there. Throws `Conflict` for an id that was deleted: it is never used again. */
export const register = (
  { now, more = {}, manager = null, ...attributes }: RegisterPrincipal['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  if (state.status === 'known') return [];
  if (state.status === 'deleted')
    throw new Rejection('conflict', 'Conflict', 'This id was deleted and cannot be used again. Use a new one.');
  const event: PrincipalEvent = { type: 'PrincipalRegistered', data: { ...attributes, at: now } };
  const registered = requireKnown(evolvePrincipal(absent, event), attributes.principalId);
  requireUsable(registered, more);
  const { principalId } = attributes;
  return [event, ...changeOf({ principalId, attributes: more, manager, now }, registered)];
};

/** A group that may hold roles never gets members by itself, and controls access (reference §4.14). */
const requireUsable = ({ isAssignableToRole }: KnownPrincipal, asked: Partial<PrincipalAttributes>): void => {
  if (isAssignableToRole && asked.securityEnabled === false)
    throw badRequest('A role-assignable group must be a security group: leave securityEnabled true.');
  if (asked.groupTypes?.some((type) => type !== 'Unified'))
    throw badRequest('Only the group type "Unified" is known here: dynamic membership is not computed.');
};

const changeOf = (
  { principalId, attributes, manager, now }: ChangeAttributes['data'],
  state: KnownPrincipal,
): PrincipalEvent[] => {
  const changed = differing(attributes, state);
  if (Object.keys(changed).length === 0) return [];
  const { managerId } = changed;
  if (managerId) requireManagerFit(state, principalId, manager ?? { id: managerId, type: null, above: [] });
  const { principalType } = state;
  return [{ type: 'PrincipalAttributesChanged', data: { principalId, principalType, changed, at: now } }];
};

/**
 * Records what differs; silence when nothing does. Throws `Request_BadRequest` for what a group cannot be, and as
 * `requireManagerFit` for a manager who is new.
 */
export const changeAttributes = (command: ChangeAttributes['data'], state: PrincipalState): PrincipalEvent[] => {
  const known = requireKnown(state, command.principalId);
  requireUsable(known, command.attributes);
  return changeOf(command, known);
};

const hasAccount = ({ principalType }: KnownPrincipal): boolean =>
  principalType === 'user' || principalType === 'servicePrincipal';

/** Silence for one that is deleted. Throws `Conflict` for an account that is not off: that ends what it holds first. */
export const deletePrincipal = (
  { principalId, by, now }: DeletePrincipal['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  if (state.status === 'deleted') return [];
  const known = requireKnown(state, principalId);
  if (hasAccount(known) && known.account.status !== 'off')
    throw new Rejection('conflict', 'Conflict', 'The account was switched on at the same moment. Try again.');
  return [{ type: 'PrincipalDeleted', data: { principalId, principalType: known.principalType, by, at: now } }];
};
