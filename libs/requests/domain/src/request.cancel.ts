import type { Actor, Instant, RequestEvent } from '@pim/contracts';
import { Rejection, type DomainCommand } from '@pim/kernel';
import { graphStatus, type Request } from './request';

/** Withdraws a request that waits for the role's endpoint, an approver, an administrator or its start (reference §4.18). */
export type CancelRequest = DomainCommand<'CancelRequest', { by: Actor; isAdministrator: boolean; now: Instant }>;

type Present = Exclude<Request, { status: 'absent' }>;

/** The status that time has made of it, whether or not that is on record yet. */
const statusAt = (request: Present, now: Instant): string => {
  if (request.status === 'granted' && request.start <= now) return 'Provisioned';
  if (request.status === 'pendingApproval' && request.deadline <= now) return 'Canceled';
  return graphStatus(request);
};

const isSame = (request: Present, { by, now }: CancelRequest['data']): boolean =>
  request.status === 'canceled' && request.by === by.id && request.at === now;

const cancelable = ['PendingApproval', 'PendingAdminDecision', 'Granted'] as const;

/** What it is withdrawn from; undefined: it cannot be. */
const cancelableFrom = (request: Present, now: Instant) => {
  if (request.status === 'awaitingCustomExtension') return 'PendingProvisioning' as const;
  const status = statusAt(request, now);
  return cancelable.find((one) => one === status);
};

/**
 * Only its creator or an administrator may; only while the role's endpoint is asked, or while it is PendingApproval with time left, PendingAdminDecision, or
 * Granted and not yet started. One that is being carried out is refused: its outcome is a moment away, and may be cancelled then.
 */
export const cancel = ({ data }: CancelRequest, request: Request): readonly RequestEvent[] => {
  const { by, isAdministrator, now } = data;
  if (request.status === 'absent')
    throw new Rejection('not-found', 'ResourceNotFound', 'There is no request with this id.');
  if (request.createdBy !== by.id && !isAdministrator)
    throw new Rejection(
      'forbidden',
      'Authorization_RequestDenied',
      'Only the creator of a request or an administrator may cancel it.',
    );
  // The very same command delivered again; a second cancel is another one and is refused.
  if (isSame(request, data)) return [];
  const from = cancelableFrom(request, now);
  if (!from)
    throw new Rejection(
      'invalid',
      'InvalidRoleAssignmentRequest',
      `A request in status ${statusAt(request, now)} cannot be canceled.`,
    );
  return [{ type: 'RequestCanceled', data: { ...request.ref, from, by, at: now } }];
};
