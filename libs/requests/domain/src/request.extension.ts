import type { Actor, Instant, RequestEvent, ScheduleOrder } from '@pim/contracts';
import { Rejection, type DomainCommand } from '@pim/kernel';
import type { Request } from './request';

/** The times an administrator gives an extension or renewal instead of those asked for (reference §4.10). */
export type OtherTimes = Pick<ScheduleOrder, 'startDateTime' | 'durationMs' | 'endDateTime'>;

/** An administrator's answer to somebody who wants to keep, or have back, what they were given. */
export type DecideExtension = DomainCommand<
  'DecideExtension',
  {
    decision: 'Approve' | 'Deny';
    justification: string;
    /** null: as it was asked. */
    times: OtherTimes | null;
    by: Actor;
    isAdministrator: boolean;
    /** The settings that a yes was judged by; null for a no, of which they say nothing. */
    policyVersion: number | null;
    now: Instant;
  }
>;

type Waiting = Extract<Request, { status: 'pendingDecision' }>;

/** Why somebody may not decide; null when they may. Nobody decides for themself, be they administrator (reference §4.3). */
export const decisionRefusal = (
  request: Waiting,
  { by, isAdministrator }: Pick<DecideExtension['data'], 'by' | 'isAdministrator'>,
): 'self-approval' | 'not-an-administrator' | null => {
  if (by.id === request.createdBy || by.id === request.ref.principalId) return 'self-approval';
  return isAdministrator ? null : 'not-an-administrator';
};

const refused = (request: Waiting, command: DecideExtension['data']): readonly RequestEvent[] => {
  const reason = decisionRefusal(request, command);
  const { decision, by, now } = command;
  if (reason === null || request.refused.includes(by.id)) return [];
  return [{ type: 'ExtensionDecisionRefused', data: { ...request.ref, decision, reason, by, at: now } }];
};

/**
 * The first answer counts. Throws `ResourceNotFound` for a request that is not there, `Conflict` for one that waits for
 * nobody's decision; the attempt of somebody who may not is on record, once.
 */
export const decideExtension = ({ data }: DecideExtension, request: Request): readonly RequestEvent[] => {
  if (request.status === 'absent')
    throw new Rejection('not-found', 'ResourceNotFound', 'There is no request with this id.');
  if (request.status !== 'pendingDecision')
    throw new Rejection('conflict', 'Conflict', 'The request does not wait for an administrator (any more).');
  if (decisionRefusal(request, data)) return refused(request, data);
  const { decision, justification, times, policyVersion, by, now } = data;
  if (decision === 'Deny') return [{ type: 'ExtensionDenied', data: { ...request.ref, justification, by, at: now } }];
  const order = { ...request.order, ...times };
  return [{ type: 'ExtensionApproved', data: { ...request.ref, order, justification, policyVersion, by, at: now } }];
};
