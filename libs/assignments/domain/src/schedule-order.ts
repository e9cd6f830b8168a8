import type { Instant, PrincipalType, RoleScheduleEvent, ScheduleOrder } from '@pim/contracts';
import type { Clash } from './clash';

/** What the guard of a role must know of the world outside its stream to carry out an order. */
export interface OrderFacts {
  readonly now: Instant;
  readonly principalType: PrincipalType;
  readonly principalEnabled: boolean;
  /** The groups the principal is a member of. */
  readonly groupIds: readonly string[];
  /** Whether this role, at this scope, must never be without a permanent holder (reference §4.11). */
  readonly isProtected: boolean;
  readonly roleEnabled: boolean;
  /** Whether a group may be given this at all; of no meaning for other principals (reference §1.9, §4.14). */
  readonly isAssignableToRole: boolean;
  /** When memberships of these groups end, of those that have an end: what is activated through one ends with it. */
  readonly membershipEnds: Readonly<Record<string, Instant>>;
  /** Whether the principal has it without this guard: a group's members and owners may be the directory's own. */
  readonly isHeldOutside: boolean;
  /** Whether nobody but those with an assignment here has it, and somebody must: owners of a group (reference §1.9). */
  readonly mustKeepOne: boolean;
  /** Whether it is a relationship to a group, and not a role. */
  readonly isOfGroup: boolean;
  /** When it must not be given, because of roles that are to be apart; none for what takes something away. */
  readonly clashes: readonly Clash[];
  /** False: the other facts about the principal mean nothing. */
  readonly isPrincipalKnown: boolean;
}

/** An order and the facts it is judged under. */
export interface Judged {
  readonly order: ScheduleOrder;
  readonly facts: OrderFacts;
}

/** Why an order is not carried out: Graph's code and a message (reference §5.2). */
export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** What an order adds to the stream, or why it adds nothing but the refusal. */
export type Outcome = readonly RoleScheduleEvent[] | Refusal;

export const alreadyAssigned: Refusal = {
  code: 'RoleAssignmentExists',
  message: 'The Role assignment already exists.',
};

export const notAssigned: Refusal = {
  code: 'RoleAssignmentDoesNotExist',
  message: 'The Role assignment does not exist.',
};

/** The live text, with its typo: clients compare it (reference §4.8). */
export const tooShort: Refusal = {
  code: 'ActiveDurationTooShort',
  message: 'The Active duration is too short. Miniumum Required is 5 minutes.',
};

export const unknownSubject: Refusal = {
  code: 'SubjectNotFound',
  message: 'The subject is not found. Name a user, group or service principal of this tenant.',
};

/** A combination the rules forbid; `why` completes the sentence and says what would be allowed. */
export const invalidRequest = (why: string): Refusal => ({
  code: 'InvalidRoleAssignmentRequest',
  message: `The role assignment request is invalid: ${why}`,
});

/** A schedule that can never be in effect as asked; `why` completes the sentence (reference §4.4). */
export const invalidSchedule = (why: string): Refusal => ({
  code: 'InvalidRoleAssignmentRequestSchedule',
  message: `The role assignment schedule is invalid: ${why}`,
});
