import {
  accessIdOf,
  approvalStream,
  type ApprovalEvent,
  type ApprovalOpened,
  type ApprovalStageTerms,
} from '@pim/contracts';
import { ascending, type Projection } from '@pim/engine';

/** Whom a stage names. */
interface StageApprovers {
  readonly approverIds: readonly string[];
  readonly escalationIds: readonly string[];
}

/** Whose approval it is to give or to wait for: what the queues are found by. The steps come from the log. */
export interface ApprovalDocument {
  readonly id: string;
  readonly isOpen: boolean;
  /** Whether it is about a group's members or owners. */
  readonly isOfGroup: boolean;
  readonly principalId: string;
  readonly createdById: string;
  /** Who wrote the rules it was judged by: none of them decides. */
  readonly policyAuthorIds: readonly string[];
  /** Who is named for the stage that is asked now, alone or as a group. */
  readonly approverIds: readonly string[];
  /** Whether the default approvers may decide it (reference §3.4). */
  readonly isForDefaultApprovers: boolean;
  /** The stages that have not begun. */
  readonly later: readonly StageApprovers[];
  /** Who may decide the stage that is asked once it escalates. */
  readonly escalationIds: readonly string[];
}

const namedBy = ({ approvers, escalation }: ApprovalStageTerms): StageApprovers => ({
  approverIds: approvers.map(({ id }) => id),
  escalationIds: (escalation?.approvers ?? []).map(({ id }) => id),
});

const asked = ([now = { approverIds: [], escalationIds: [] }, ...later]: readonly StageApprovers[]): Pick<
  ApprovalDocument,
  'approverIds' | 'escalationIds' | 'isForDefaultApprovers' | 'later'
> => ({
  ...now,
  isForDefaultApprovers: now.approverIds.length === 0,
  later,
});

const opened = ({ approvalId, order, terms }: ApprovalOpened['data']): ApprovalDocument => ({
  id: approvalId,
  isOpen: true,
  isOfGroup: accessIdOf(order.roleDefinitionId) !== null,
  principalId: order.principalId,
  createdById: order.actor.id,
  policyAuthorIds: terms.policyAuthorIds,
  ...asked(terms.stages.map(namedBy)),
});

const goOn = (document: ApprovalDocument, { type }: ApprovalEvent): ApprovalDocument => {
  switch (type) {
    case 'ApprovalStageOpened':
      return { ...document, ...asked(document.later) };
    case 'ApprovalEscalated':
      return { ...document, approverIds: [...document.approverIds, ...document.escalationIds] };
    case 'ApprovalFellBack':
      return { ...document, isForDefaultApprovers: true };
    case 'ApprovalGranted':
    case 'ApprovalDenied':
    case 'ApprovalLapsed':
    case 'ApprovalWithdrawn':
      return { ...document, isOpen: false };
    default:
      return document;
  }
};

export const approvalDocuments: Projection<ApprovalDocument, ApprovalEvent> = {
  collection: 'approvals.approvals',
  version: 2,
  indexes: [ascending('id')],
  sources: [approvalStream],
  keys: (event) => [event.data.approvalId],
  evolve: (document, event) => {
    if (event.type === 'ApprovalOpened') return opened(event.data);
    return document && goOn(document, event);
  },
};
