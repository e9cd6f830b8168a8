import { delegationStream, type DelegationEvent, type Instant } from '@pim/contracts';
import { ascending, type Projection } from '@pim/engine';

/** A delegation as `/openpim/v1` shows it. */
export interface DelegationDocument {
  readonly id: string;
  readonly delegatorId: string;
  readonly delegateId: string;
  readonly startDateTime: Instant;
  /** When it ends, or was taken back. */
  readonly endDateTime: Instant;
  readonly justification: string;
  readonly createdDateTime: Instant;
}

/** Who delegated to whom. For answers, and to find whose log to ask; what counts is in the log. */
export const delegationDocuments: Projection<DelegationDocument, DelegationEvent> = {
  collection: 'approvals.delegations',
  indexes: [ascending('delegateId'), ascending('delegatorId')],
  sources: [delegationStream],
  keys: (event) => [event.data.delegationId],
  evolve: (document, { type, data }) => {
    if (type === 'DelegationEnded') return document && { ...document, endDateTime: data.at };
    const { delegationId, delegatorId, delegateId, start, end, justification, at } = data;
    return {
      id: delegationId,
      delegatorId,
      delegateId,
      startDateTime: start,
      endDateTime: end,
      justification,
      createdDateTime: at,
    };
  },
};
