import type { Actor, Instant } from '@pim/contracts';
import { openedOf, type ApprovalState, type OpenedState } from './approval';
import type { Answer } from './stage';

/**
 * A stage of an approval as Graph shows its steps (reference §1.7.1), but for what a service adds: `id`, `assignedToMe`,
 * which depends on the caller, and names. The last two members are OpenPIM's own.
 */
export interface ApprovalStep {
  /** 1 is the first. */
  readonly number: number;
  readonly displayName: null;
  readonly reviewedDateTime: Instant | null;
  readonly reviewResult: 'NotReviewed' | 'Approved' | 'Denied';
  /** `Initializing`: it has not begun. `Expired`: nobody can decide any more and nobody did. */
  readonly status: 'Initializing' | 'InProgress' | 'Completed' | 'Expired';
  readonly justification: string;
  readonly reviewedBy: Actor | null;
  readonly requiredApprovals: number;
  /** Everybody who answered, in the order in which they did. */
  readonly answers: readonly (Answer & { readonly reviewResult: 'Approved' | 'Denied' })[];
}

type Outcome = Pick<ApprovalStep, 'reviewedDateTime' | 'reviewResult' | 'justification' | 'reviewedBy' | 'status'>;

const undecided = (status: ApprovalStep['status']): Outcome => ({
  reviewedDateTime: null,
  reviewResult: 'NotReviewed',
  status,
  justification: '',
  reviewedBy: null,
});

const decided = ({ at, justification, by }: Answer, reviewResult: 'Approved' | 'Denied'): Outcome => ({
  reviewedDateTime: at,
  reviewResult,
  status: 'Completed',
  justification,
  reviewedBy: by,
});

/** Whether a stage has all it needs: the next one began, or the whole is approved. */
const hasAgreed = (state: OpenedState, index: number): boolean =>
  index < state.stages.length - 1 || state.status === 'approved';

const outcomeOf = (state: OpenedState, index: number, now: Instant): Outcome => {
  const stage = state.stages[index];
  if (!stage) return undecided(state.status === 'open' ? 'Initializing' : 'Expired');
  const lastYes = stage.agreements.at(-1);
  if (lastYes && hasAgreed(state, index)) return decided(lastYes, 'Approved');
  if (state.status === 'denied') return decided(state.denial, 'Denied');
  return undecided(state.status === 'open' && now < stage.deadline ? 'InProgress' : 'Expired');
};

const answersOf = (state: OpenedState, index: number): ApprovalStep['answers'] => [
  ...(state.stages[index]?.agreements ?? []).map((answer) => ({ ...answer, reviewResult: 'Approved' as const })),
  ...(state.status === 'denied' && index === state.stages.length - 1
    ? [{ ...state.denial, reviewResult: 'Denied' as const }]
    : []),
];

/** null: the approval was never opened. An open stage is `Expired` from its deadline on, recorded or not. */
export const stepsOf = (state: ApprovalState, now: Instant): readonly ApprovalStep[] | null => {
  const opened = openedOf(state);
  return (
    opened &&
    opened.terms.stages.map(({ requiredApprovals }, index) => ({
      number: index + 1,
      displayName: null,
      ...outcomeOf(opened, index, now),
      requiredApprovals,
      answers: answersOf(opened, index),
    }))
  );
};
