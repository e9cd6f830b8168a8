/** Who asked, as their token said it. Ids only: names live in `principal` streams. */
export interface Actor {
  /** Object id of a user or service principal, or `system:<what>` for OpenPIM itself. */
  readonly id: string;
  readonly kind: 'user' | 'application' | 'system';
}

/** How the actor had signed in, from the token: methods, class, contexts, and when (reference §4.15). */
export interface Authentication {
  readonly amr: readonly string[];
  readonly acr: string | null;
  readonly acrs: readonly string[];
  readonly authTime: Instant | null;
}

/**
 * UTC, ISO 8601 with milliseconds and `Z`, so that instants compare as text.
 * In an event's data `at` is when it took effect; the store adds when it was recorded.
 */
export type Instant = string;

export interface Ticket {
  readonly ticketNumber: string | null;
  readonly ticketSystem: string | null;
}

export type ExpirationType = 'notSpecified' | 'noExpiration' | 'afterDateTime' | 'afterDuration';

/** `requestSchedule` as the caller sent it; the duration keeps the caller's lexical form (reference §0.3). */
export interface RequestedSchedule {
  readonly startDateTime: Instant | null;
  readonly expiration: {
    readonly type: ExpirationType;
    readonly endDateTime: Instant | null;
    /** ISO 8601 duration. */
    readonly duration: string | null;
  };
}

/** What a schedule request is about: the active set or the eligible set (reference §1.3, §1.4). */
export type ScheduleKind = 'assignment' | 'eligibility';

/** What a schedule request may ask for (reference §2.1). */
export type ScheduleAction =
  | 'adminAssign'
  | 'adminUpdate'
  | 'adminRemove'
  | 'adminExtend'
  | 'adminRenew'
  | 'selfActivate'
  | 'selfDeactivate'
  | 'selfExtend'
  | 'selfRenew';

/** Everything `assignments` needs to carry out a request; frozen when the request was judged. */
export interface ScheduleOrder {
  readonly requestId: string;
  readonly kind: ScheduleKind;
  readonly action: ScheduleAction;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  /** Not before this instant; null means as soon as it is carried out. */
  readonly startDateTime: Instant | null;
  /** How long from the effective start, in milliseconds; null with `endDateTime` null means permanent. */
  readonly durationMs: number | null;
  /** Beside a duration: it ends by this instant in any case. An approver's shorter time comes beside the end asked for. */
  readonly endDateTime: Instant | null;
  /** The schedule to end, when the caller named one. */
  readonly targetScheduleId: string | null;
  readonly actor: Actor;
}

/** An order as approvers leave it: one of them may have narrowed its scope. */
export type ApprovedOrder = ScheduleOrder & {
  /** The scope that was asked for, at which the eligibility is; null: `directoryScopeId` itself. */
  readonly narrowedFrom: string | null;
};
