import type { Actor, ApprovalStageTerms, Instant } from '@pim/contracts';

/** An answer that counts. */
export interface Answer {
  readonly by: Actor;
  /** The approver who had delegated to them; null: themselves. */
  readonly onBehalfOf: string | null;
  readonly justification: string;
  readonly at: Instant;
}

/** When something happens to a stage that nobody decides. */
export interface StageTimes {
  readonly deadline: Instant;
  readonly escalatesAt: Instant | null;
  readonly remindsAt: Instant | null;
}

/** A stage that began, and how far it came. */
export interface Stage extends StageTimes {
  readonly isEscalated: boolean;
  /** Whether the default approvers may decide beside those who are named. */
  readonly hasFallenBack: boolean;
  /** Who said yes, in the order in which they did. */
  readonly agreements: readonly Answer[];
}

const plus = (from: Instant, ms: number): Instant => new Date(Date.parse(from) + ms).toISOString();

const before = (deadline: Instant, at: Instant): Instant | null => (at < deadline ? at : null);

/** When a stage that begins at an instant escalates, reminds and ends; what would come at its end or later never comes. */
export const timesOf = (
  { windowMs, escalation, remindEveryMs }: ApprovalStageTerms,
  begins: Instant,
  deadline: Instant = plus(begins, windowMs),
): StageTimes => ({
  deadline,
  escalatesAt: escalation && before(deadline, plus(begins, escalation.afterMs)),
  remindsAt: remindEveryMs === null ? null : before(deadline, plus(begins, remindEveryMs)),
});

/** When silent approvers are reminded next; those that were missed are not made up for. */
export const nextReminder = (
  { remindEveryMs }: ApprovalStageTerms,
  { remindsAt, deadline }: StageTimes,
  now: Instant,
): Instant | null => {
  if (remindsAt === null || remindEveryMs === null) return null;
  const missed = Math.floor((Date.parse(now) - Date.parse(remindsAt)) / remindEveryMs);
  return before(deadline, plus(remindsAt, (missed + 1) * remindEveryMs));
};

/** A stage that begins. */
export const begun = (times: StageTimes): Stage => ({
  deadline: times.deadline,
  escalatesAt: times.escalatesAt,
  remindsAt: times.remindsAt,
  isEscalated: false,
  hasFallenBack: false,
  agreements: [],
});

/** Everybody an answer stands for: one human counts once, whoever of the two it was before. */
export const peopleOf = ({ by, onBehalfOf }: Pick<Answer, 'by' | 'onBehalfOf'>): readonly string[] =>
  onBehalfOf === null ? [by.id] : [by.id, onBehalfOf];
