import { approval, delegation, type ApprovalState, type Delegations } from '@pim/approvals/domain';
import { approvalStream, delegationStream, type ApprovalEvent, type DelegationEvent } from '@pim/contracts';
import type { StreamView } from '@pim/engine';

/** What this context owns. */
export const approvalAggregate = { stream: approvalStream, decider: approval };
export const approvals: StreamView<ApprovalState, ApprovalEvent> = { stream: approvalStream, view: approval };
export const delegationAggregate = { stream: delegationStream, decider: delegation };
export const delegations: StreamView<Delegations, DelegationEvent> = { stream: delegationStream, view: delegation };
