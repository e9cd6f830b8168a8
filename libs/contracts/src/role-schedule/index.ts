import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { PrincipalType } from '../principal';
import type { Actor, Instant, ScheduleAction, ScheduleKind } from '../vocabulary';

/** Which role, where, for whom: on every event of this stream. */
interface About {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly principalId: string;
}

/** What an end took away, so that it can be read without looking for the grant. */
interface Ended {
  readonly scheduleId: string;
  readonly principalType: PrincipalType;
  /** The agreed end, which was not reached; null: it was permanent. */
  readonly end: Instant | null;
}

/** How many days before an end somebody is reminded of it (reference §4.10). */
export type ReminderDays = 14 | 1;

/**
 * Why a schedule ended other than by its own clock or its holder's wish. Later builds may know more reasons.
 * `canceled`: its request was withdrawn, or had lost what it rested on in the moment of the grant.
 * `membership-ended`: its holder left the group it was activated through. `scope-deleted`: where it was held is gone.
 * `role-deleted`: the role was deleted in the moment of the grant. `separation-of-duty`: its holder, or a member of the group
 * that holds it, got a role in that moment which nobody may have together with this one.
 */
export type EndReason =
  | 'admin-removed'
  | 'directory-removed'
  | 'canceled'
  | 'eligibility-ended'
  | 'principal-disabled'
  | 'principal-deleted'
  | 'membership-ended'
  | 'scope-deleted'
  | 'role-deleted'
  | 'separation-of-duty';

/**
 * Recorded when somebody may from now on, or from a future start, activate the role.
 * Not recorded when an existing eligibility is asked for again: that is `ScheduleChangeRefused`.
 */
export type EligibilityGranted = DomainEvent<
  'EligibilityGranted',
  About & {
    /** The request's id, which is also the schedule's (reference §4.2). */
    scheduleId: string;
    principalType: PrincipalType;
    start: Instant;
    /** null: permanent. */
    end: Instant | null;
    by: Actor;
    at: Instant;
  }
>;

/** What a change of its times made of a schedule: it goes on under the id of the request that asked (reference §4.2). */
interface Rescheduled {
  /** The request's id, which is the schedule's from now on. */
  readonly scheduleId: string;
  /** The id it had until now. */
  readonly replaces: string;
  readonly principalType: PrincipalType;
  readonly change: 'updated' | 'extended';
  readonly start: Instant;
  /** null: permanent. */
  readonly end: Instant | null;
}

/**
 * Recorded when the times of an eligibility that has not ended change: by an administrator, or because one agreed to what
 * its holder asked for. Not recorded for one that has ended: renewing that is `EligibilityGranted`.
 */
export type EligibilityRescheduled = DomainEvent<
  'EligibilityRescheduled',
  About &
    Rescheduled & {
      /** Activations made from it that go on, at narrower scopes as well; they rest on the new id. */
      activations: readonly string[];
      by: Actor;
      at: Instant;
    }
>;

/**
 * Recorded before an activation that an approver narrowed is granted: it will be in the guard of `narrowedTo`, and whatever
 * ends or shortens its eligibility, which is here, is followed there. Not recorded for one at its eligibility's own scope.
 */
export type ActivationNarrowed = DomainEvent<
  'ActivationNarrowed',
  About & {
    /** The request's id, which will be the schedule's (reference §4.2). */
    scheduleId: string;
    narrowedTo: string;
    eligibilityId: string;
    start: Instant;
    /** It ends no later, whenever it is granted. */
    end: Instant;
    by: Actor;
    at: Instant;
  }
>;

/** Recorded when the start of an eligibility granted for the future has come. Not recorded for one that started at once. */
export type EligibilityStarted = DomainEvent<'EligibilityStarted', About & { scheduleId: string; at: Instant }>;

/**
 * Recorded when an eligibility ends before its time; `end` is when that would have been.
 * Not recorded when its time has come: that is EligibilityExpired.
 */
export type EligibilityRemoved = DomainEvent<
  'EligibilityRemoved',
  About & Ended & { reason: EndReason; requestId: string | null; by: Actor; at: Instant }
>;

/** Recorded once an eligibility's end has passed, never before; `at` is the agreed end, not when it was noticed. */
export type EligibilityExpired = DomainEvent<
  'EligibilityExpired',
  About & { scheduleId: string; principalType: PrincipalType; at: Instant }
>;

/**
 * Recorded when the role is held from now on, or from a future start: `Assigned` by an administrator or `Activated`
 * from an eligibility. Not recorded for a request that still waits for approval.
 */
export type AssignmentGranted = DomainEvent<
  'AssignmentGranted',
  About & {
    /** The request's id, which is also the schedule's (reference §4.2); a GUID of its own when made outside PIM. */
    scheduleId: string;
    principalType: PrincipalType;
    assignmentType: 'Assigned' | 'Activated';
    /** The eligibility it was activated from; null when assigned. */
    eligibilityId: string | null;
    /** Where that eligibility is and whose, when an approver narrowed the scope; null: in this stream, or there is none. */
    eligibleAt: { directoryScopeId: string; principalId: string } | null;
    /** Whether that eligibility names the holder or a group of theirs. */
    memberType: 'Direct' | 'Group';
    start: Instant;
    /** null: permanent. An activation never outlasts its eligibility. */
    end: Instant | null;
    /** `request`: by a schedule request; `directory`: outside PIM, as a standing role assignment (reference §1.2). */
    origin: 'request' | 'directory';
    by: Actor;
    at: Instant;
  }
>;

/** v2 (2026-11): an activation was at the scope of its eligibility. */
type AssignmentGrantedV2 = Omit<AssignmentGranted['data'], 'eligibleAt'>;

/** v1 (2026-11): every assignment came from a request. */
type AssignmentGrantedV1 = Omit<AssignmentGrantedV2, 'origin'>;

const assignmentGrantedV1toV2 = (v1: AssignmentGrantedV1): AssignmentGrantedV2 => ({ ...v1, origin: 'request' });
const assignmentGrantedV2toV3 = (v2: AssignmentGrantedV2): AssignmentGranted['data'] => ({ ...v2, eligibleAt: null });

/**
 * Recorded when the times of a standing assignment that has not ended change. Not recorded for an activation: that one
 * can only be shortened, by its eligibility (`AssignmentShortened`).
 */
export type AssignmentRescheduled = DomainEvent<
  'AssignmentRescheduled',
  About & Rescheduled & { by: Actor; at: Instant }
>;

/**
 * Recorded when the eligibility an activation rests on was changed to end before it: none outlasts its eligibility.
 * Not recorded when nothing of the activation is left: that is AssignmentRemoved.
 */
export type AssignmentShortened = DomainEvent<
  'AssignmentShortened',
  About & { scheduleId: string; principalType: PrincipalType; end: Instant; by: Actor; at: Instant }
>;

/**
 * Recorded once when an eligibility or a standing assignment has 14 days left, and once when it has one, so that whoever
 * it concerns can be told (reference §4.10). Not recorded for activations, nor for one that was granted for less.
 */
export type ExpiryReminderDue = DomainEvent<
  'ExpiryReminderDue',
  About & {
    scheduleId: string;
    kind: ScheduleKind;
    principalType: PrincipalType;
    daysLeft: ReminderDays;
    end: Instant;
    at: Instant;
  }
>;

/** Recorded when the start of an assignment granted for the future has come. Not recorded for one that started at once. */
export type AssignmentStarted = DomainEvent<'AssignmentStarted', About & { scheduleId: string; at: Instant }>;

/**
 * Recorded when an active assignment is taken away before its time; `end` is when that would have been.
 * Not recorded when its holder gave it back: that is AssignmentDeactivated.
 */
export type AssignmentRemoved = DomainEvent<
  'AssignmentRemoved',
  About &
    Ended & {
      assignmentType: 'Assigned' | 'Activated';
      reason: EndReason;
      requestId: string | null;
      by: Actor;
      at: Instant;
    }
>;

/**
 * Recorded when a holder, who is always a user, gives an activated role back early; `end` is when its time would have come.
 * Not recorded when its time has come: that is AssignmentExpired.
 */
export type AssignmentDeactivated = DomainEvent<
  'AssignmentDeactivated',
  About & Pick<Ended, 'scheduleId' | 'end'> & { requestId: string; by: Actor; at: Instant }
>;

/** Recorded once an assignment's end has passed, never before; `at` is the agreed end, not when it was noticed. */
export type AssignmentExpired = DomainEvent<
  'AssignmentExpired',
  About & {
    scheduleId: string;
    principalType: PrincipalType;
    assignmentType: 'Assigned' | 'Activated';
    at: Instant;
  }
>;

/**
 * Recorded when the guard refuses what a request asks for: a duplicate, nothing there, too soon, the last administrator.
 * Not recorded for what was refused before it came here: that is `RequestRefused`.
 */
export type ScheduleChangeRefused = DomainEvent<
  'ScheduleChangeRefused',
  About & {
    requestId: string;
    kind: ScheduleKind;
    action: ScheduleAction;
    /** Graph's error code (reference §5.2). */
    code: string;
    message: string;
    by: Actor;
    at: Instant;
  }
>;

/**
 * Recorded in the guard streams of protected roles before an account is switched off: no grant to it from here on, and
 * the last-administrator rule no longer counts it. Ends nothing. Not recorded in the streams of other roles.
 */
export type PrincipalBarred = DomainEvent<'PrincipalBarred', About & { by: Actor; at: Instant }>;

/**
 * Recorded when role settings say how many permanent holders the role keeps at the least: from then on nothing that
 * somebody does may leave fewer. 0: the role may be left to nobody. Not recorded for the number that was already so.
 */
export type MinimumHoldersSet = DomainEvent<
  'MinimumHoldersSet',
  Pick<About, 'roleDefinitionId' | 'directoryScopeId'> & { minimum: number; by: Actor; at: Instant }
>;

/** Recorded when the account is on again, or was left on after all. Not recorded for an account that was not barred. */
export type PrincipalBarLifted = DomainEvent<'PrincipalBarLifted', About & { by: Actor; at: Instant }>;

export type RoleScheduleEvent =
  | EligibilityGranted
  | EligibilityRescheduled
  | EligibilityStarted
  | EligibilityRemoved
  | EligibilityExpired
  | ActivationNarrowed
  | AssignmentGranted
  | AssignmentRescheduled
  | AssignmentShortened
  | AssignmentStarted
  | AssignmentRemoved
  | AssignmentDeactivated
  | AssignmentExpired
  | ExpiryReminderDue
  | ScheduleChangeRefused
  | MinimumHoldersSet
  | PrincipalBarred
  | PrincipalBarLifted;

/**
 * Stream `roleSchedule-<roleDefinitionId>@<directoryScopeId>`: the guard of one role at one scope, or of one relationship
 * to one group (`roleSchedule-member@<groupId>`).
 */
export const roleScheduleStream: StreamContract<RoleScheduleEvent['type']> = {
  category: 'roleSchedule',
  context: 'assignments',
  events: [
    contract('EligibilityGranted'),
    contract('EligibilityRescheduled'),
    contract('EligibilityStarted'),
    contract('EligibilityRemoved'),
    contract('EligibilityExpired'),
    contract('ActivationNarrowed'),
    contract('AssignmentGranted', assignmentGrantedV1toV2, assignmentGrantedV2toV3),
    contract('AssignmentRescheduled'),
    contract('AssignmentShortened'),
    contract('AssignmentStarted'),
    contract('AssignmentRemoved'),
    contract('AssignmentDeactivated'),
    contract('AssignmentExpired'),
    contract('ExpiryReminderDue'),
    contract('ScheduleChangeRefused'),
    contract('MinimumHoldersSet'),
    contract('PrincipalBarred'),
    contract('PrincipalBarLifted'),
  ],
};

export { canonicalScope, scopeOf, type DirectoryScope } from './directory-scope';
export { accessIdOf, accessIds, type AccessId } from './group-relationship';

/** The id part of the guard stream's name. */
export const roleScheduleId = (roleDefinitionId: string, directoryScopeId: string): string =>
  `${roleDefinitionId}@${directoryScopeId}`;

/** Global Administrator and Privileged Role Administrator: never without a permanent holder (reference §4.11). */
export const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';
export const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814';
export const protectedRoles: readonly string[] = [globalAdministrator, privilegedRoleAdministrator];

/** Whether the last-administrator rule holds for this role at this scope (ADR 0007). */
export const isProtectedRole = (roleDefinitionId: string, directoryScopeId: string): boolean =>
  directoryScopeId === '/' && protectedRoles.includes(roleDefinitionId);
