import type { Instant, RequestContent, RequestEvent, RequestRef, ScheduleOrder } from '@pim/contracts';
import type { View } from '@pim/kernel';

interface Known {
  readonly ref: RequestRef;
  /** Object id of whoever sent it. */
  readonly createdBy: string;
}

/**
 * Where a request stands. `submitted` and `approved` are on their way to the guard of the role; `granted` is agreed and
 * starts later. From `refused`, `provisioned`, `revoked`, `denied`, `lapsed`, `canceled` and `failed` nothing leads on:
 * a schedule that ends after it began leaves its request `provisioned`, so that history says what was given.
 */
export type Request =
  | { readonly status: 'absent' }
  | (Known & { readonly status: 'submitted' | 'approved' })
  | (Known & { readonly status: 'pendingApproval'; readonly deadline: Instant })
  | (Known & {
      /** An extension or renewal that an administrator decides. */
      readonly status: 'pendingDecision';
      readonly order: ScheduleOrder;
      /** Who tried to decide and may not. */
      readonly refused: readonly string[];
    })
  | (Known & {
      readonly status: 'granted';
      readonly scheduleId: string;
      readonly start: Instant;
      readonly end: Instant | null;
    })
  | (Known & { readonly status: 'provisioned' | 'revoked' | 'denied' | 'lapsed' })
  | (Known & { readonly status: 'refused' | 'failed'; readonly code: string; readonly message: string })
  | (Known & { readonly status: 'canceled'; readonly by: string; readonly at: Instant });

/** A request something can still happen to. */
export type OpenRequest = Extract<
  Request,
  { status: 'submitted' | 'approved' | 'pendingApproval' | 'pendingDecision' | 'granted' }
>;

const openStatuses: readonly Request['status'][] = [
  'submitted',
  'approved',
  'pendingApproval',
  'pendingDecision',
  'granted',
];

/** Whether something can still happen to it. */
export const isOpen = (request: Request): request is OpenRequest => openStatuses.includes(request.status);

const refOf = (content: RequestContent): RequestRef => ({
  requestId: content.requestId,
  kind: content.kind,
  action: content.action,
  principalId: content.principalId,
  roleDefinitionId: content.roleDefinitionId,
  directoryScopeId: content.directoryScopeId,
});

const begin = (event: Extract<RequestEvent, { type: 'RequestSubmitted' | 'RequestRefused' }>): Request => {
  const known: Known = { ref: refOf(event.data), createdBy: event.data.createdBy.id };
  if (event.type === 'RequestRefused')
    return { ...known, status: 'refused', code: event.data.code, message: event.data.message };
  const { approval, awaitsAdministrator, order } = event.data;
  if (awaitsAdministrator) return { ...known, status: 'pendingDecision', order, refused: [] };
  return approval
    ? { ...known, status: 'pendingApproval', deadline: approval.deadline }
    : { ...known, status: 'submitted' };
};

type Later = Exclude<RequestEvent, { type: 'RequestSubmitted' | 'RequestRefused' | 'ExtensionDecisionRefused' }>;
type DataOf = { readonly [E in Later as E['type']]: E['data'] };
type LaterOf<T extends keyof DataOf> = { readonly [K in T]: { readonly type: K; readonly data: DataOf[K] } }[T];

const on: { readonly [T in keyof DataOf]: (known: Known, data: DataOf[T]) => Request } = {
  RequestApproved: (known) => ({ ...known, status: 'approved' }),
  RequestDenied: (known) => ({ ...known, status: 'denied' }),
  ExtensionApproved: (known) => ({ ...known, status: 'approved' }),
  ExtensionDenied: (known) => ({ ...known, status: 'denied' }),
  RequestLapsed: (known) => ({ ...known, status: 'lapsed' }),
  RequestGranted: (known, { scheduleId, start, end }) => ({ ...known, status: 'granted', scheduleId, start, end }),
  RequestProvisioned: (known) => ({ ...known, status: 'provisioned' }),
  RequestRevoked: (known) => ({ ...known, status: 'revoked' }),
  RequestFailed: (known, { code, message }) => ({ ...known, status: 'failed', code, message }),
  RequestCanceled: (known, { by, at }) => ({ ...known, status: 'canceled', by: by.id, at }),
};

const goOn = <T extends keyof DataOf>({ ref, createdBy }: OpenRequest, event: LaterOf<T>): Request =>
  on[event.type]({ ref, createdBy }, event.data);

const evolve = (request: Request, event: RequestEvent): Request => {
  if (event.type === 'RequestSubmitted' || event.type === 'RequestRefused')
    return request.status === 'absent' ? begin(event) : request;
  if (event.type === 'ExtensionDecisionRefused')
    return request.status === 'pendingDecision'
      ? { ...request, refused: [...request.refused, event.data.by.id] }
      : request;
  return isOpen(request) ? goOn(request, event) : request;
};

/** What a `request` stream means. A final status never changes, whatever is recorded after it. */
export const requestView: View<Request, RequestEvent> = { initial: { status: 'absent' }, evolve };

const graphStatuses: Readonly<Record<Exclude<Request['status'], 'absent'>, string>> = {
  refused: 'Failed',
  submitted: 'PendingProvisioning',
  pendingApproval: 'PendingApproval',
  pendingDecision: 'PendingAdminDecision',
  approved: 'PendingProvisioning',
  granted: 'Granted',
  provisioned: 'Provisioned',
  revoked: 'Revoked',
  denied: 'Denied',
  // Graph has no status for an approval nobody gave in time; this one makes polling clients stop (reference §2.2).
  lapsed: 'Canceled',
  canceled: 'Canceled',
  failed: 'Failed',
};

/** `status` as Graph names it. Graph never shows a refused request; where we do, it is `Failed` (reference §2.2). */
export const graphStatus = ({ status }: Exclude<Request, { status: 'absent' }>): string => graphStatuses[status];
