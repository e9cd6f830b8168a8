import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant } from '../vocabulary';
import type { PrincipalAttributes } from './attributes';
import { groupMemberAddedV1toV2 } from './group-member-added.v1';

export type { PrincipalAttributes } from './attributes';

/** An administrative unit is no holder of roles; it is in these streams because it has members and a name. */
export type PrincipalType = 'user' | 'group' | 'servicePrincipal' | 'administrativeUnit';

/**
 * Recorded when a user, group, service principal or administrative unit becomes known. With PrincipalAttributesChanged
 * the only events that hold names and addresses. Not recorded when attributes of a known principal change.
 */
export type PrincipalRegistered = DomainEvent<
  'PrincipalRegistered',
  {
    principalId: string;
    principalType: PrincipalType;
    displayName: string;
    /** Users only. */
    userPrincipalName: string | null;
    /** Users and groups. */
    mail: string | null;
    /** Service principals only: the client id its tokens carry. */
    appId: string | null;
    /** Application permissions (`roles` in its tokens). Service principals only. */
    appRoles: readonly string[];
    /** Groups only. */
    isAssignableToRole: boolean;
    accountEnabled: boolean;
    at: Instant;
  }
>;

/**
 * Recorded when attributes of a principal are set or changed: the new value of those that differ, together with its
 * registration for what that does not hold. Not recorded when everything sent was already so.
 */
export type PrincipalAttributesChanged = DomainEvent<
  'PrincipalAttributesChanged',
  { principalId: string; principalType: PrincipalType; changed: Partial<PrincipalAttributes>; at: Instant }
>;

/**
 * Recorded when a principal is gone for good: its id is never used again. An account is off before. What it held, what
 * was held at it as a scope, and its places in groups end next. Not recorded while an account is on.
 */
export type PrincipalDeleted = DomainEvent<
  'PrincipalDeleted',
  { principalId: string; principalType: PrincipalType; by: Actor; at: Instant }
>;

/** What has members: a group, or an administrative unit. */
export type CollectiveType = 'group' | 'administrativeUnit';

interface Membership {
  readonly groupId: string;
  readonly groupType: CollectiveType;
  readonly memberId: string;
  readonly at: Instant;
}

/** Recorded when somebody joins a group or administrative unit. Not recorded for somebody who is in it already. */
export type GroupMemberAdded = DomainEvent<'GroupMemberAdded', Membership>;

/**
 * Recorded when somebody leaves a group or administrative unit, or was deleted; what they activated through the group
 * ends next. Not recorded for somebody who is not in it, nor when the group itself is deleted.
 */
export type GroupMemberRemoved = DomainEvent<'GroupMemberRemoved', Membership>;

/**
 * Recorded when somebody was kept out of a group, or taken out again, because of what its members hold: with the rule that
 * forbade it. Not recorded for somebody who can be in no group of this kind, nor for a caller who may not change it.
 */
export type GroupMemberRefused = DomainEvent<
  'GroupMemberRefused',
  Membership & { readonly code: string; readonly message: string; readonly by: Actor }
>;

/** Recorded when somebody becomes an owner of a group. Not recorded for somebody who is one. */
export type GroupOwnerAdded = DomainEvent<'GroupOwnerAdded', { groupId: string; ownerId: string; at: Instant }>;

/**
 * Recorded when somebody stops being an owner of a group, or was deleted.
 * Not recorded for somebody who is none, nor when the group itself is deleted.
 */
export type GroupOwnerRemoved = DomainEvent<'GroupOwnerRemoved', { groupId: string; ownerId: string; at: Instant }>;

interface Naming {
  readonly groupId: string;
  /** Which settings: the id of their `policy` stream. */
  readonly policyStreamId: string;
  readonly at: Instant;
}

/**
 * Recorded when settings of a role or group name a group among their approvers: who is in it is who approves.
 * Not recorded for settings that name it already, in another stage or for escalation, nor for a group that is gone.
 */
export type GroupNamedAsApprover = DomainEvent<'GroupNamedAsApprover', Naming>;

/**
 * Recorded when settings stop naming a group as approver, or are gone with the role or group they were of.
 * Not recorded for settings that never named it, nor for a group that is gone.
 */
export type GroupNoLongerNamedAsApprover = DomainEvent<
  'GroupNoLongerNamedAsApprover',
  Naming & {
    /** Until then requests may wait that were made when they named it: it stays protected. */
    protectedUntil: Instant;
  }
>;

/**
 * Recorded when somebody who may wants an account switched off; it stays on until PrincipalDisabled follows.
 * Not recorded for an account that is off, or is being switched off already.
 */
export type PrincipalDisableRequested = DomainEvent<
  'PrincipalDisableRequested',
  { principalId: string; by: Actor; at: Instant }
>;

/**
 * Recorded when an account is off, after it was barred from the protected roles; what it holds ends next.
 * Not recorded when that was refused: that is PrincipalDisableRefused.
 */
export type PrincipalDisabled = DomainEvent<'PrincipalDisabled', { principalId: string; by: Actor; at: Instant }>;

/**
 * Recorded when an account is switched on again. What it held before does not come back.
 * Not recorded for an account that is on.
 */
export type PrincipalEnabled = DomainEvent<'PrincipalEnabled', { principalId: string; by: Actor; at: Instant }>;

/**
 * Recorded when switching an account off was refused, with the rule that forbade it.
 * Not recorded for a caller who may not switch accounts off at all.
 */
export type PrincipalDisableRefused = DomainEvent<
  'PrincipalDisableRefused',
  { principalId: string; code: string; message: string; by: Actor; at: Instant }
>;

export type PrincipalEvent =
  | PrincipalRegistered
  | PrincipalAttributesChanged
  | PrincipalDeleted
  | GroupMemberAdded
  | GroupMemberRemoved
  | GroupMemberRefused
  | GroupOwnerAdded
  | GroupOwnerRemoved
  | GroupNamedAsApprover
  | GroupNoLongerNamedAsApprover
  | PrincipalDisableRequested
  | PrincipalDisabled
  | PrincipalEnabled
  | PrincipalDisableRefused;

/** Stream `principal-<id>`: the only category with personal data. */
export const principalStream: StreamContract<PrincipalEvent['type']> = {
  category: 'principal',
  context: 'assignments',
  events: [
    contract('PrincipalRegistered'),
    contract('PrincipalAttributesChanged'),
    contract('PrincipalDeleted'),
    contract('GroupMemberAdded', groupMemberAddedV1toV2),
    contract('GroupMemberRemoved'),
    contract('GroupMemberRefused'),
    contract('GroupOwnerAdded'),
    contract('GroupOwnerRemoved'),
    contract('GroupNamedAsApprover'),
    contract('GroupNoLongerNamedAsApprover'),
    contract('PrincipalDisableRequested'),
    contract('PrincipalDisabled'),
    contract('PrincipalEnabled'),
    contract('PrincipalDisableRefused'),
  ],
};
