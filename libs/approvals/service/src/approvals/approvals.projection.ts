import { accessIdOf, approvalStream, type ApprovalEvent } from '@pim/contracts';
import { ascending, type Projection } from '@pim/engine';

/** Whose approval it is to give or to wait for: what the queues are found by. The steps come from the log. */
export interface ApprovalDocument {
  readonly id: string;
  readonly isOpen: boolean;
  /** Whether it is about a group's members or owners. */
  readonly isOfGroup: boolean;
  readonly principalId: string;
  readonly createdById: string;
  readonly approverIds: readonly string[];
  /** False: the default approvers decide (reference §3.4). */
  readonly hasApprovers: boolean;
}

export const approvalDocuments: Projection<ApprovalDocument, ApprovalEvent> = {
  collection: 'approvals.approvals',
  indexes: [ascending('id')],
  sources: [approvalStream],
  keys: (event) => [event.data.approvalId],
  evolve: (document, event) => {
    switch (event.type) {
      case 'ApprovalOpened': {
        const { approvalId, order, terms } = event.data;
        return {
          id: approvalId,
          isOpen: true,
          isOfGroup: accessIdOf(order.roleDefinitionId) !== null,
          principalId: order.principalId,
          createdById: order.actor.id,
          approverIds: terms.approvers.map(({ id }) => id),
          hasApprovers: terms.approvers.length > 0,
        };
      }
      case 'ApprovalDecisionRefused':
        return document;
      default:
        return document && { ...document, isOpen: false };
    }
  },
};
