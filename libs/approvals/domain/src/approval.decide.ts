import type { ApprovalAbout, ApprovalEvent, ApprovalTerms, Instant, ScheduleOrder } from '@pim/contracts';
import type { Decider, DomainCommand } from '@pim/kernel';
import { currentStage, evolve, initial, type ApprovalState } from './approval';
import { aboutOf, decideOnce, type Decide } from './approval.answer';
import { nextReminder } from './stage';

/** Asks the approvers. Repeated, or after a withdrawal that came first: silence. */
export type OpenApproval = DomainCommand<
  'OpenApproval',
  { approvalId: string; terms: ApprovalTerms; order: ScheduleOrder; now: Instant }
>;

/** Closes an undecided approval once its deadline has come; silence before it and after any other end. */
export type LapseApproval = DomainCommand<'LapseApproval', { approvalId: string; now: Instant }>;

/** Closes an undecided approval because its request is gone; one that is not open yet can then never be opened. */
export type WithdrawApproval = DomainCommand<'WithdrawApproval', { approvalId: string; now: Instant }>;

/** Lets the escalation approvers decide as well, once their time has come; silence before it. */
export type EscalateApproval = DomainCommand<'EscalateApproval', { approvalId: string; now: Instant }>;

/** Asks silent approvers again, once it is time; silence before it. */
export type RemindApprovers = DomainCommand<'RemindApprovers', { approvalId: string; now: Instant }>;

/**
 * Lets the default approvers decide as well when those who are named cannot settle the stage any more. `possible`: how
 * many people, not counting who agreed before, could still say yes.
 */
export type CheckApprovers = DomainCommand<'CheckApprovers', { approvalId: string; possible: number; now: Instant }>;

export type ApprovalCommand =
  OpenApproval | Decide | LapseApproval | WithdrawApproval | EscalateApproval | RemindApprovers | CheckApprovers;

const open = (
  { approvalId, terms, order, now }: OpenApproval['data'],
  state: ApprovalState,
): readonly ApprovalEvent[] =>
  state.status === 'absent' ? [{ type: 'ApprovalOpened', data: { approvalId, terms, order, at: now } }] : [];

const withdraw = ({ approvalId, now }: WithdrawApproval['data'], state: ApprovalState): readonly ApprovalEvent[] =>
  state.status === 'open' || state.status === 'absent'
    ? [{ type: 'ApprovalWithdrawn', data: { approvalId, at: now } }]
    : [];

type OfTime = LapseApproval | EscalateApproval | RemindApprovers;
type OpenState = Extract<ApprovalState, { status: 'open' }>;

/** What the clock brings took effect when it was due, whenever that was noticed. */
const onTime = ({ type, data }: OfTime, state: OpenState): readonly ApprovalEvent[] => {
  const { deadline } = currentStage(state).stage;
  const about = { approvalId: data.approvalId, ...aboutOf(state) };
  if (type === 'LapseApproval')
    return data.now < deadline ? [] : [{ type: 'ApprovalLapsed', data: { ...about, at: deadline } }];
  if (data.now >= deadline) return [];
  return type === 'EscalateApproval' ? escalate(about, state, data.now) : remind(about, state, data.now);
};

type About = ApprovalAbout & { readonly approvalId: string };

const escalate = (about: About, state: OpenState, now: Instant): readonly ApprovalEvent[] => {
  const { number, stage } = currentStage(state);
  const { escalatesAt, isEscalated } = stage;
  if (escalatesAt === null || now < escalatesAt || isEscalated) return [];
  return [{ type: 'ApprovalEscalated', data: { ...about, stage: number, at: escalatesAt } }];
};

const remind = (about: About, state: OpenState, now: Instant): readonly ApprovalEvent[] => {
  const { number, stage, terms } = currentStage(state);
  if (stage.remindsAt === null || now < stage.remindsAt) return [];
  const next = nextReminder(terms, stage, now);
  return [{ type: 'ApproversReminded', data: { ...about, stage: number, remindsAt: next, at: stage.remindsAt } }];
};

const check = ({ approvalId, possible, now }: CheckApprovers['data'], state: OpenState): readonly ApprovalEvent[] => {
  const { number, stage, terms } = currentStage(state);
  const missing = terms.requiredApprovals - stage.agreements.length;
  if (terms.approvers.length === 0 || stage.hasFallenBack || possible >= missing) return [];
  return [{ type: 'ApprovalFellBack', data: { approvalId, ...aboutOf(state), stage: number, at: now } }];
};

type OfOpen = OfTime | CheckApprovers;

/** What happens to an approval that waits, and to no other. */
const whileOpen = (command: OfOpen, state: ApprovalState): readonly ApprovalEvent[] => {
  if (state.status !== 'open') return [];
  return command.type === 'CheckApprovers' ? check(command.data, state) : onTime(command, state);
};

/** Throws `Rejection`: invalid, forbidden, not-found or conflict. */
export const decide = (command: ApprovalCommand, state: ApprovalState): readonly ApprovalEvent[] => {
  switch (command.type) {
    case 'OpenApproval':
      return open(command.data, state);
    case 'Decide':
      return decideOnce(command.data, state);
    case 'WithdrawApproval':
      return withdraw(command.data, state);
    default:
      return whileOpen(command, state);
  }
};

/** Stream `approval-<requestId>`: whether somebody else agrees that the order is carried out. */
export const approval: Decider<ApprovalState, ApprovalCommand, ApprovalEvent> = { initial, evolve, decide };
