import type { Instant } from '../vocabulary';

/** A directory role that has started and is not known to have ended. It is in effect until `endDateTime`, by the reader's own clock. */
export interface EffectiveRole {
  /** As in `roleAssignmentScheduleInstances`. */
  readonly id: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly assignmentType: 'Assigned' | 'Activated';
  /** Whether an activation came from an eligibility of the holder's own or of a group of theirs. */
  readonly memberType: 'Direct' | 'Group';
  /** null: since before PIM knew of it. */
  readonly startDateTime: Instant | null;
  /** null: permanent. */
  readonly endDateTime: Instant | null;
}

/**
 * The directory roles a user, a group or a service principal holds by itself, all of them. What members hold through a
 * group is under the group's own key. A message without a value says that nothing is left.
 */
export interface EffectiveRoles {
  readonly principalId: string;
  readonly roles: readonly EffectiveRole[];
}

/** What is kept on compacted topics: not what happened, but what holds. */
export type StateName = 'effective-roles';
