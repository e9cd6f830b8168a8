import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant } from '../vocabulary';

export type PrincipalType = 'user' | 'group' | 'servicePrincipal';

/**
 * Recorded when a user, group or service principal becomes known. The only events that hold names and addresses.
 * Not recorded when attributes of a known principal change.
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

/** Recorded when somebody joins a group. Not recorded for somebody who is in it already. */
export type GroupMemberAdded = DomainEvent<'GroupMemberAdded', { groupId: string; memberId: string; at: Instant }>;

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
  | GroupMemberAdded
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
    contract('GroupMemberAdded'),
    contract('PrincipalDisableRequested'),
    contract('PrincipalDisabled'),
    contract('PrincipalEnabled'),
    contract('PrincipalDisableRefused'),
  ],
};
