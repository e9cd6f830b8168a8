import { timesOf } from '@pim/approvals/domain';
import { approvalStream, type ApprovalEvent, type Instant } from '@pim/contracts';
import type { Deadline } from '@pim/engine';
import { ChangeApprovalCommand, type ApprovalChange } from './change-approval.handler';

type OfTime = Extract<ApprovalChange, { type: 'LapseApproval' | 'EscalateApproval' | 'RemindApprovers' }>['type'];

type Times = ReturnType<typeof timesOf>;

/** When a stage that begins with this event has what; null: the event begins no stage. */
const begins = ({ type, data }: ApprovalEvent): Times | null => {
  if (type === 'ApprovalStageOpened') return data;
  const [first] = type === 'ApprovalOpened' ? data.terms.stages : [];
  return type === 'ApprovalOpened' && first ? timesOf(first, data.at, data.terms.deadline) : null;
};

const ends: ReadonlySet<ApprovalEvent['type']> = new Set([
  'ApprovalGranted',
  'ApprovalDenied',
  'ApprovalLapsed',
  'ApprovalWithdrawn',
]);

/** `at`: when it is due by this event, null for never any more, undefined when the event does not change that. */
const onTime = (
  name: string,
  type: OfTime,
  at: (event: ApprovalEvent) => Instant | null | undefined,
): Deadline<ApprovalEvent, { approvalId: string }, ChangeApprovalCommand> => ({
  name,
  source: approvalStream,
  due: (event) => {
    const { approvalId } = event.data;
    const due = ends.has(event.type) ? null : at(event);
    return due === undefined ? [] : [{ key: approvalId, at: due, subject: { approvalId } }];
  },
  command: ({ approvalId }, context) => new ChangeApprovalCommand(approvalId, { type }, context),
});

/** After the window nobody can approve any more (reference §4.13). */
export const lapseApproval = onTime('lapse-approval', 'LapseApproval', (event) => begins(event)?.deadline);

/** When nobody decided a stage for long enough, its escalation approvers may. */
export const escalateApproval = onTime('escalate-approval', 'EscalateApproval', (event) => {
  if (event.type === 'ApprovalEscalated') return null;
  return begins(event)?.escalatesAt;
});

/** Silent approvers are asked again. */
export const remindApprovers = onTime('remind-approvers', 'RemindApprovers', (event) => {
  if (event.type === 'ApproversReminded') return event.data.remindsAt;
  return begins(event)?.remindsAt;
});
