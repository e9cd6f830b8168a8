import type {
  Actor,
  ApprovalDecisionRefused,
  ApprovalEvent,
  ApprovalOpened,
  ApprovalTerms,
  Instant,
  ScheduleOrder,
} from '@pim/contracts';
import { PersistentMap, unreachable } from '@pim/kernel';

/** Why somebody may not decide (reference §4.13). */
export type RefusalReason = 'self-approval' | 'not-an-approver';

/** What an approval keeps from its opening to its end and after it. */
interface Opened {
  readonly approvalId: string;
  readonly terms: ApprovalTerms;
  readonly order: ScheduleOrder;
  /** Ids of those whose attempt is on record: once each, however often they try, for their reason stays the same. */
  readonly refused: PersistentMap<true>;
}

/** Somebody answered, and nobody can answer again. */
interface Answer {
  readonly status: 'approved' | 'denied';
  readonly justification: string;
  readonly by: Actor;
  /** When it was decided. */
  readonly at: Instant;
}

type End = Answer | { readonly status: 'lapsed' | 'withdrawn' };

/**
 * One approval. `withdrawn-unopened`: the withdrawal came before the opening, so that the opening, when it comes, must
 * not let anybody approve a request that is gone.
 */
export type ApprovalState =
  | { readonly status: 'absent' }
  | { readonly status: 'withdrawn-unopened' }
  | (Opened & { readonly status: 'open' })
  | (Opened & End);

/** An approval that approvers saw, whatever became of it. */
export type OpenedState = Exclude<ApprovalState, { status: 'absent' | 'withdrawn-unopened' }>;

export const initial: ApprovalState = { status: 'absent' };

/** Whether nobody can decide any more by what is on record; the deadline is not looked at. */
export const isSettled = (state: ApprovalState): boolean => state.status !== 'absent' && state.status !== 'open';

/** The state when it was ever opened, else null. */
export const openedOf = (state: ApprovalState): OpenedState | null =>
  state.status === 'absent' || state.status === 'withdrawn-unopened' ? null : state;

const opening = (state: ApprovalState, { approvalId, terms, order }: ApprovalOpened['data']): ApprovalState =>
  state.status === 'absent' ? { status: 'open', approvalId, terms, order, refused: PersistentMap.empty() } : state;

const attempt = (state: ApprovalState, { by }: ApprovalDecisionRefused['data']): ApprovalState => {
  const opened = openedOf(state);
  return opened ? { ...opened, refused: opened.refused.with(by.id, true) } : state;
};

const end = (state: ApprovalState, change: End): ApprovalState =>
  state.status === 'open' ? { ...state, ...change } : state;

const answer = ({ justification, by, at }: Omit<Answer, 'status'>, status: Answer['status']): Answer => ({
  status,
  justification,
  by,
  at,
});

/** What an event changes. The first end counts: an end after it changes nothing, nor does a second opening. */
export const evolve = (state: ApprovalState, { type, data }: ApprovalEvent): ApprovalState => {
  switch (type) {
    case 'ApprovalOpened':
      return opening(state, data);
    case 'ApprovalGranted':
      return end(state, answer(data, 'approved'));
    case 'ApprovalDenied':
      return end(state, answer(data, 'denied'));
    case 'ApprovalDecisionRefused':
      return attempt(state, data);
    case 'ApprovalLapsed':
      return end(state, { status: 'lapsed' });
    case 'ApprovalWithdrawn':
      return state.status === 'absent' ? { status: 'withdrawn-unopened' } : end(state, { status: 'withdrawn' });
    default:
      return unreachable(type);
  }
};
