import { emergencyReviewStream, type EmergencyReviewEvent, type EmergencyVerdict, type Instant } from '@pim/contracts';
import type { Order, Projection } from '@pim/engine';

/** The review of an emergency, as `/openpim/v1` shows it. */
export interface EmergencyReviewDocument {
  /** The request's. */
  readonly id: string;
  readonly status: 'open' | 'closed';
  readonly principalId: string;
  /** For groups `member` or `owner`; the group is then the scope. */
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly justification: string | null;
  readonly requestedDateTime: Instant;
  readonly verdict: EmergencyVerdict | null;
  readonly comment: string | null;
  readonly closedById: string | null;
  readonly closedDateTime: Instant | null;
}

/** As they are listed. */
export const newestFirst: Order = [
  ['requestedDateTime', -1],
  ['id', 1],
];

export const emergencyReviewDocuments: Projection<EmergencyReviewDocument, EmergencyReviewEvent> = {
  collection: 'approvals.emergencyReviews',
  indexes: [newestFirst, [['status', 1], ...newestFirst]],
  sources: [emergencyReviewStream],
  keys: (event) => [event.data.reviewId],
  evolve: (document, { type, data }) => {
    switch (type) {
      case 'EmergencyReviewOpened':
        return {
          id: data.reviewId,
          status: 'open',
          principalId: data.principalId,
          roleDefinitionId: data.roleDefinitionId,
          directoryScopeId: data.directoryScopeId,
          justification: data.justification,
          requestedDateTime: data.requestedAt,
          verdict: null,
          comment: null,
          closedById: null,
          closedDateTime: null,
        };
      case 'EmergencyReviewClosed': {
        const { verdict, comment, by, at } = data;
        return document && { ...document, status: 'closed', verdict, comment, closedById: by.id, closedDateTime: at };
      }
      case 'EmergencyReviewRefused':
        return document;
    }
  },
};
