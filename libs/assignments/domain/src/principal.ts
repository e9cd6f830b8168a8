import type { Actor, Instant, PrincipalAttributes, PrincipalEvent, PrincipalType } from '@pim/contracts';
import { PersistentMap, Rejection } from '@pim/kernel';
import { defaultAttributes } from './principal-attributes';

/** Whether an account may be used. One that is being switched off still may, until that is on record. */
export type Account =
  | {
      readonly status: 'on';
      /** Why it was left on when somebody last wanted it off; null when nothing was refused since it came on. */
      readonly refusal: { readonly code: string; readonly message: string } | null;
    }
  | {
      readonly status: 'switchingOff';
      /** Who wants it off. */
      readonly by: Actor;
    }
  | { readonly status: 'off' };

export interface KnownPrincipal {
  readonly status: 'known';
  readonly principalType: PrincipalType;
  readonly account: Account;
  /** How often the account went off: tells one time that it was off from another. */
  readonly timesOff: number;
  /** Groups and administrative units only: member ids, by id. */
  readonly members: PersistentMap<string>;
  /** Groups only: owner ids, by id. */
  readonly owners: PersistentMap<string>;
  /**
   * Groups only: the settings that name it as approver, by the id of their stream. null: they do; an instant: they did,
   * and requests may wait for it until then.
   */
  readonly namings: PersistentMap<Instant | null>;
  /** Groups only (reference §4.14). */
  readonly isAssignableToRole: boolean;
  /** Kept to tell what a change changes; nothing is decided by them, but for `managerId`. */
  readonly attributes: PrincipalAttributes;
}

/** A user, group, service principal or administrative unit. What was deleted stays deleted: its id is spent. */
export type PrincipalState =
  | { readonly status: 'absent' }
  | KnownPrincipal
  | { readonly status: 'deleted'; readonly principalType: PrincipalType };

export const absent: PrincipalState = { status: 'absent' };

const on: Account = { status: 'on', refusal: null };

const off: Account = { status: 'off' };

const registered = (data: Extract<PrincipalEvent, { type: 'PrincipalRegistered' }>['data']): PrincipalState => ({
  status: 'known',
  principalType: data.principalType,
  account: data.accountEnabled ? on : off,
  timesOff: 0,
  members: PersistentMap.empty(),
  owners: PersistentMap.empty(),
  namings: PersistentMap.empty(),
  isAssignableToRole: data.isAssignableToRole,
  attributes: {
    ...defaultAttributes,
    displayName: data.displayName,
    userPrincipalName: data.userPrincipalName,
    mail: data.mail,
  },
});

type Place = Extract<
  PrincipalEvent,
  { type: 'GroupMemberAdded' | 'GroupMemberRemoved' | 'GroupOwnerAdded' | 'GroupOwnerRemoved' }
>;

const joined = (state: KnownPrincipal, event: Place): PrincipalState => {
  switch (event.type) {
    case 'GroupMemberAdded':
      return { ...state, members: state.members.with(event.data.memberId, event.data.memberId) };
    case 'GroupMemberRemoved':
      return { ...state, members: state.members.without(event.data.memberId) };
    case 'GroupOwnerAdded':
      return { ...state, owners: state.owners.with(event.data.ownerId, event.data.ownerId) };
    case 'GroupOwnerRemoved':
      return { ...state, owners: state.owners.without(event.data.ownerId) };
  }
};

type Change = Exclude<PrincipalEvent, { type: 'PrincipalRegistered' } | Place>;

const change = (state: KnownPrincipal, event: Change): PrincipalState => {
  switch (event.type) {
    case 'PrincipalAttributesChanged':
      return { ...state, attributes: { ...state.attributes, ...event.data.changed } };
    case 'PrincipalDeleted':
      return { status: 'deleted', principalType: state.principalType };
    case 'GroupMemberRefused':
      return state;
    case 'GroupNamedAsApprover':
      return { ...state, namings: state.namings.with(event.data.policyStreamId, null) };
    case 'GroupNoLongerNamedAsApprover':
      return { ...state, namings: state.namings.with(event.data.policyStreamId, event.data.protectedUntil) };
    default:
      return switched(state, event);
  }
};

const isPlace = (event: Change | Place): event is Place => /^Group(?:Member|Owner)(?:Added|Removed)$/.test(event.type);

type Switch = Extract<
  PrincipalEvent,
  { type: 'PrincipalDisableRequested' | 'PrincipalDisabled' | 'PrincipalEnabled' | 'PrincipalDisableRefused' }
>;

const switched = (state: KnownPrincipal, event: Switch): PrincipalState => {
  switch (event.type) {
    case 'PrincipalDisableRequested':
      return { ...state, account: { status: 'switchingOff', by: event.data.by } };
    case 'PrincipalDisabled':
      return { ...state, account: off, timesOff: state.timesOff + 1 };
    case 'PrincipalEnabled':
      return { ...state, account: on };
    case 'PrincipalDisableRefused':
      return { ...state, account: { status: 'on', refusal: { code: event.data.code, message: event.data.message } } };
  }
};

/** What an event changes. Nothing before the registration means anything, nor after the deletion. */
export const evolvePrincipal = (state: PrincipalState, event: PrincipalEvent): PrincipalState => {
  if (state.status === 'deleted') return state;
  if (event.type === 'PrincipalRegistered') return registered(event.data);
  if (state.status === 'absent') return state;
  return isPlace(event) ? joined(state, event) : change(state, event);
};

/** Whether the principal is known and its account is not off. */
export const isEnabled = (state: PrincipalState): state is KnownPrincipal =>
  state.status === 'known' && state.account.status !== 'off';

/** 404, in Graph's words. */
export const notFound = (id: string): Rejection => {
  const message = `Resource '${id.slice(0, 100)}' does not exist or one of its queried reference-property objects are not present.`;
  return new Rejection('not-found', 'Request_ResourceNotFound', message);
};

/** The principal, if it is there; otherwise throws `Request_ResourceNotFound`. */
export const requireKnown = (state: PrincipalState, id: string): KnownPrincipal => {
  if (state.status === 'known') return state;
  throw notFound(id);
};

/** 400, with what to send instead. */
export const badRequest = (message: string): Rejection => new Rejection('invalid', 'Request_BadRequest', message);
