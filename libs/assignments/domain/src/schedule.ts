import type { AssignmentGranted, Instant, PrincipalType, ReminderDays, ScheduleKind } from '@pim/contracts';

/** Which role, where: the same for every schedule of one stream. */
export interface RoleAtScope {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
}

/** From when to when; the end itself is outside. `end` null: permanent. */
export interface Window {
  readonly start: Instant;
  readonly end: Instant | null;
}

interface Scheduled extends Window {
  readonly role: RoleAtScope;
  /** The id of the request that created it (reference §4.2). */
  readonly scheduleId: string;
  readonly principalId: string;
  readonly principalType: PrincipalType;
  /** Whether its start is on record: at once when granted, or by a started event. */
  readonly started: boolean;
  /** The fewest days before its end of which somebody was reminded; null: not yet. */
  readonly remindedAt: ReminderDays | null;
  /** Whether a cancellation was refused: the start had come, and it was the last administrator's. */
  readonly cancelRefused: boolean;
}

/** The right to activate the role. */
export interface Eligibility extends Scheduled {
  readonly kind: 'eligibility';
}

/** The role itself: `Assigned` by an administrator, or `Activated` from an eligibility. */
export interface Assignment extends Scheduled {
  readonly kind: 'assignment';
  readonly assignmentType: 'Assigned' | 'Activated';
  /** The eligibility it was activated from; null when assigned. */
  readonly eligibilityId: string | null;
  /** Where that is and whose, when it is not in the same stream. */
  readonly eligibleAt: AssignmentGranted['data']['eligibleAt'];
  readonly memberType: 'Direct' | 'Group';
}

export type Schedule = Eligibility | Assignment;

/** What an administrator had given and time has ended: the ground of a renewal (reference §4.10). */
export interface Expired {
  readonly kind: ScheduleKind;
  readonly scheduleId: string;
  readonly end: Instant;
}

/** Whether it was activated from an eligibility: nobody gave it, so it is neither changed, extended nor renewed. */
export const isActivation = (schedule: Schedule): schedule is Assignment =>
  schedule.kind === 'assignment' && schedule.assignmentType === 'Activated';

/** Whether a window contains an instant: `start <= at < end`, so exactly at its end it no longer does. */
export const inEffect = ({ start, end }: Window, at: Instant): boolean => start <= at && (end === null || at < end);

/** Whether a window is running or still to come, whatever has been recorded about it. */
export const isLive = ({ end }: Window, now: Instant): boolean => end === null || now < end;
