import type {
  ApprovalTerms,
  CustomExtensionAnswered,
  Instant,
  RequestContent,
  RequestEvent,
  RequestRef,
  RequestSubmitted,
  ScheduleOrder,
} from '@pim/contracts';
import { later, type View } from '@pim/kernel';

interface Known {
  readonly ref: RequestRef;
  /** Object id of whoever sent it. */
  readonly createdBy: string;
}

/** What was put on record of a request that goes to the role's custom extension first. */
export type Submission = RequestSubmitted['data'];

/**
 * Where a request stands. `awaitingCustomExtension` waits for what the role's endpoint says. `submitted` and `approved` are on their way to the guard of the role; `granted` is agreed and
 * starts later. From `refused`, `provisioned`, `revoked`, `denied`, `lapsed`, `canceled` and `failed` nothing leads on:
 * a schedule that ends after it began leaves its request `provisioned`, so that history says what was given.
 */
export type Request =
  | { readonly status: 'absent' }
  | (Known & { readonly status: 'submitted' | 'approved' })
  | (Known & { readonly status: 'awaitingCustomExtension'; readonly submission: Submission })
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
  { status: 'awaitingCustomExtension' | 'submitted' | 'approved' | 'pendingApproval' | 'pendingDecision' | 'granted' }
>;

const openStatuses: readonly Request['status'][] = [
  'awaitingCustomExtension',
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
  const { approval, awaitsAdministrator, customExtension, order } = event.data;
  if (awaitsAdministrator) return { ...known, status: 'pendingDecision', order, refused: [] };
  if (customExtension) return { ...known, status: 'awaitingCustomExtension', submission: event.data };
  return waitingFor(known, approval);
};

/** When the last stage ends at the latest; whether one before it ended without an answer is for the approval to say. */
const lastDeadlineOf = ({ deadline, stages }: ApprovalTerms): Instant =>
  later(
    deadline,
    stages.slice(1).reduce((ms, { windowMs }) => ms + windowMs, 0),
  ) ?? deadline;

const waitingFor = (known: Known, approval: ApprovalTerms | null): Request =>
  approval
    ? { ...known, status: 'pendingApproval', deadline: lastDeadlineOf(approval) }
    : { ...known, status: 'submitted' };

type Later = Exclude<
  RequestEvent,
  { type: 'RequestSubmitted' | 'RequestRefused' | 'CustomExtensionAnswered' | 'ExtensionDecisionRefused' }
>;
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

/** A no changes nothing by itself: `RequestDenied` is behind it. */
const hear = (request: Request, { order, approval }: CustomExtensionAnswered['data']): Request => {
  if (request.status !== 'awaitingCustomExtension' || order === null) return request;
  return waitingFor({ ref: request.ref, createdBy: request.createdBy }, approval);
};

const evolve = (request: Request, event: RequestEvent): Request => {
  switch (event.type) {
    case 'RequestSubmitted':
    case 'RequestRefused':
      return request.status === 'absent' ? begin(event) : request;
    case 'CustomExtensionAnswered':
      return hear(request, event.data);
    case 'ExtensionDecisionRefused':
      return request.status === 'pendingDecision'
        ? { ...request, refused: [...request.refused, event.data.by.id] }
        : request;
    default:
      return isOpen(request) ? goOn(request, event) : request;
  }
};

/** What a `request` stream means. A final status never changes, whatever is recorded after it. */
export const requestView: View<Request, RequestEvent> = { initial: { status: 'absent' }, evolve };

const graphStatuses: Readonly<Record<Exclude<Request['status'], 'absent'>, string>> = {
  refused: 'Failed',
  // Graph's own enumeration has nothing for it; ARM's PendingExternalProvisioning is unknown to Graph's clients (§2.2).
  awaitingCustomExtension: 'PendingProvisioning',
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
