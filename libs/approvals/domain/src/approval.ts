import type {
  Agreement,
  ApprovalDecisionRefused,
  ApprovalEvent,
  ApprovalOpened,
  ApprovalStageTerms,
  ApprovalTerms,
  ApprovedOrder,
  ApproverAnswer,
} from '@pim/contracts';
import { canonicalJson, PersistentMap, unreachable } from '@pim/kernel';
import { begun, timesOf, type Answer, type Stage } from './stage';

/** Why somebody may not decide (reference §4.13). */
export type RefusalReason = ApprovalDecisionRefused['data']['reason'];

/** What an approval keeps from its opening to its end and after it. */
interface Opened {
  readonly approvalId: string;
  readonly terms: ApprovalTerms;
  /** What will be carried out: as it was asked for, or as approvers shortened and narrowed it. */
  readonly order: ApprovedOrder;
  /** How often approvers changed the order. */
  readonly orderVersion: number;
  /** Stages that began, in their order; the last is the one that is asked. Never empty. */
  readonly stages: readonly Stage[];
  /** Ids of those whose attempt is on record: once each, however often they try, for their reason stays the same. */
  readonly refused: PersistentMap<true>;
}

type End =
  | { readonly status: 'approved' | 'lapsed' | 'withdrawn' }
  | {
      readonly status: 'denied';
      /** Who said no. */
      readonly denial: Answer;
    };

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

/** The stage that is asked, or was asked last, with its terms and its number; 1 is the first. */
export const currentStage = ({
  stages,
  terms,
}: Pick<OpenedState, 'stages' | 'terms'>): {
  readonly number: number;
  readonly stage: Stage;
  readonly terms: ApprovalStageTerms;
} => {
  const stage = stages.at(-1);
  const stageTerms = terms.stages[stages.length - 1];
  if (!stage || !stageTerms) throw new Error('an approval has no stage (this is a bug)');
  return { number: stages.length, stage, terms: stageTerms };
};

const open = ({ approvalId, terms, order, at }: ApprovalOpened['data']): ApprovalState => {
  const [first] = terms.stages;
  return {
    status: 'open',
    approvalId,
    terms,
    order: { ...order, narrowedFrom: null },
    orderVersion: 0,
    stages: first ? [begun(timesOf(first, at, terms.deadline))] : [],
    refused: PersistentMap.empty(),
  };
};

const changeStage = <S extends OpenedState>(state: S, change: (stage: Stage) => Partial<Stage>): S => ({
  ...state,
  stages: state.stages.map((stage, index) =>
    index === state.stages.length - 1 ? { ...stage, ...change(stage) } : stage,
  ),
});

const answerIn = ({ by, onBehalfOf, justification, at }: ApproverAnswer): Answer => ({
  by,
  onBehalfOf,
  justification,
  at,
});

type OpenState = Extract<ApprovalState, { status: 'open' }>;

const agree = (state: OpenState, data: Agreement): OpenState => {
  const isChanged = canonicalJson(data.order) !== canonicalJson(state.order);
  return {
    ...changeStage(state, ({ agreements }) => ({ agreements: [...agreements, answerIn(data)] })),
    order: data.order,
    orderVersion: state.orderVersion + (isChanged ? 1 : 0),
  };
};

type Settling = Extract<
  ApprovalEvent,
  { type: 'ApprovalGranted' | 'ApprovalDenied' | 'ApprovalLapsed' | 'ApprovalWithdrawn' }
>;

const settle = (state: OpenState, { type, data }: Settling): ApprovalState => {
  switch (type) {
    case 'ApprovalGranted':
      return { ...agree(state, data), status: 'approved' };
    case 'ApprovalDenied':
      return { ...state, status: 'denied', denial: answerIn(data) };
    case 'ApprovalLapsed':
      return { ...state, status: 'lapsed' };
    case 'ApprovalWithdrawn':
      return { ...state, status: 'withdrawn' };
    default:
      return unreachable(type);
  }
};

type Later = Exclude<ApprovalEvent, { type: 'ApprovalOpened' | 'ApprovalDecisionRefused' }>;

const goOn = (state: OpenState, event: Later): ApprovalState => {
  switch (event.type) {
    case 'ApprovalAgreed':
      return agree(state, event.data);
    case 'ApprovalStageOpened':
      return { ...state, stages: [...state.stages, begun(event.data)] };
    case 'ApprovalEscalated':
      return changeStage(state, () => ({ isEscalated: true }));
    case 'ApproversReminded':
      return changeStage(state, () => ({ remindsAt: event.data.remindsAt }));
    case 'ApprovalFellBack':
      return changeStage(state, () => ({ hasFallenBack: true }));
    default:
      return settle(state, event);
  }
};

const attempt = (state: ApprovalState, by: string): ApprovalState => {
  const opened = openedOf(state);
  return opened ? { ...opened, refused: opened.refused.with(by, true) } : state;
};

/** What an event changes. The first end counts: an end after it changes nothing, nor does a second opening. */
export const evolve = (state: ApprovalState, event: ApprovalEvent): ApprovalState => {
  if (event.type === 'ApprovalDecisionRefused') return attempt(state, event.data.by.id);
  if (state.status === 'open') return event.type === 'ApprovalOpened' ? state : goOn(state, event);
  if (state.status !== 'absent') return state;
  if (event.type === 'ApprovalOpened') return open(event.data);
  return event.type === 'ApprovalWithdrawn' ? { status: 'withdrawn-unopened' } : state;
};
