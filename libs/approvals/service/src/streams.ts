import { approval, type ApprovalState } from '@pim/approvals/domain';
import { approvalStream, type ApprovalEvent } from '@pim/contracts';
import type { StreamView } from '@pim/engine';

/** What this context owns. */
export const approvalAggregate = { stream: approvalStream, decider: approval };
export const approvals: StreamView<ApprovalState, ApprovalEvent> = { stream: approvalStream, view: approval };
