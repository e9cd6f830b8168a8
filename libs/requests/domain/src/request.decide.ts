import type { Actor, Instant, RequestContent, RequestEvent, RequestSubmitted } from '@pim/contracts';
import type { Decider, DomainCommand } from '@pim/kernel';
import { cancel, type CancelRequest } from './request.cancel';
import { answered, type RecordCustomExtensionAnswer } from './request.custom-extension';
import { decideExtension, type DecideExtension } from './request.extension';
import { isOpen, requestView, type OpenRequest, type Request } from './request';

/** Puts an accepted request on record. */
export type SubmitRequest = DomainCommand<
  'SubmitRequest',
  Omit<RequestSubmitted['data'], keyof RequestContent | 'at'> & { content: RequestContent; now: Instant }
>;

/** Puts a refused request on record. */
export type RefuseRequest = DomainCommand<
  'RefuseRequest',
  { content: RequestContent; code: string; message: string; now: Instant }
>;

/** How the approval ended. `now` is when it did. */
export type RecordApproval = DomainCommand<'RecordApproval', { by: Actor; now: Instant }>;
export type RecordDenial = DomainCommand<'RecordDenial', { by: Actor; now: Instant }>;
export type RecordLapse = DomainCommand<'RecordLapse', { now: Instant }>;

/** The guard agreed to a schedule that starts later. */
export type RecordGranted = DomainCommand<
  'RecordGranted',
  { scheduleId: string; start: Instant; end: Instant | null; now: Instant }
>;

/** The guard agreed to a schedule that is in effect. */
export type RecordProvisioned = DomainCommand<
  'RecordProvisioned',
  { scheduleId: string; start: Instant | null; end: Instant | null; now: Instant }
>;

/** The start of a schedule that was granted for later has come; `now`: so it was by then. */
export type RecordStarted = DomainCommand<'RecordStarted', { now: Instant }>;

/** The removal this request asked for took effect, or what it asked for can no longer be. */
export type RecordRevoked = DomainCommand<'RecordRevoked', { now: Instant }>;

/** What it rests on ended while it waits for an approver or an administrator (reference §4.9, §4.13). */
export type RecordGroundLost = DomainCommand<'RecordGroundLost', { now: Instant }>;

/** The schedule was removed; that concerns its request only when it had not started. */
export type RecordNeverStarted = DomainCommand<'RecordNeverStarted', { now: Instant }>;

/** The guard refused. `code` is Graph's. */
export type RecordFailure = DomainCommand<'RecordFailure', { code: string; message: string; now: Instant }>;

export type RequestCommand =
  | SubmitRequest
  | RefuseRequest
  | RecordApproval
  | RecordDenial
  | RecordLapse
  | RecordGranted
  | RecordProvisioned
  | RecordStarted
  | RecordRevoked
  | RecordGroundLost
  | RecordNeverStarted
  | RecordFailure
  | RecordCustomExtensionAnswer
  | DecideExtension
  | CancelRequest;

type Beginning = SubmitRequest | RefuseRequest;
type Outcome = Exclude<RequestCommand, Beginning | CancelRequest | DecideExtension | RecordCustomExtensionAnswer>;

const begin = (command: Beginning): readonly RequestEvent[] => {
  if (command.type === 'RefuseRequest') {
    const { content, code, message, now } = command.data;
    return [{ type: 'RequestRefused', data: { ...content, code, message, at: now } }];
  }
  const { content, now, ...terms } = command.data;
  return [{ type: 'RequestSubmitted', data: { ...content, ...terms, at: now } }];
};

type DataOf = { readonly [C in Outcome as C['type']]: C['data'] };
type OutcomeOf<T extends keyof DataOf> = { readonly [K in T]: { readonly type: K; readonly data: DataOf[K] } }[T];

/** From where an outcome leads on, and what is then recorded. */
interface Step<Data> {
  readonly from: readonly OpenRequest['status'][];
  readonly record: (data: Data, request: OpenRequest) => readonly RequestEvent[];
}

const undecided: Step<never>['from'] = ['pendingApproval'];
const unanswered: Step<never>['from'] = ['submitted', 'pendingApproval', 'approved'];
const notInEffect: Step<never>['from'] = [...unanswered, 'granted'];

const revoked = ({ now }: { now: Instant }, { ref }: OpenRequest): readonly RequestEvent[] => [
  { type: 'RequestRevoked', data: { ...ref, at: now } },
];

const started = ({ now }: { now: Instant }, request: OpenRequest): readonly RequestEvent[] => {
  if (request.status !== 'granted') return [];
  const { ref, scheduleId, start, end } = request;
  return [{ type: 'RequestProvisioned', data: { ...ref, scheduleId, start, end, at: start < now ? start : now } }];
};

/**
 * What the guard says may be heard before what the approver said, because they come from different streams; the
 * approval is then silence. A failure after the grant is an old order delivered again, and silence too.
 */
const steps: { readonly [T in keyof DataOf]: Step<DataOf[T]> } = {
  RecordApproval: {
    from: undecided,
    record: ({ by, now }, { ref }) => [{ type: 'RequestApproved', data: { ...ref, by, at: now } }],
  },
  RecordDenial: {
    from: undecided,
    record: ({ by, now }, { ref }) => [{ type: 'RequestDenied', data: { ...ref, by, at: now } }],
  },
  RecordLapse: {
    from: undecided,
    record: ({ now }, { ref }) => [{ type: 'RequestLapsed', data: { ...ref, at: now } }],
  },
  RecordGranted: {
    from: unanswered,
    record: ({ now, ...schedule }, { ref }) => [{ type: 'RequestGranted', data: { ...ref, ...schedule, at: now } }],
  },
  RecordProvisioned: {
    from: notInEffect,
    record: ({ now, ...schedule }, { ref }) => [{ type: 'RequestProvisioned', data: { ...ref, ...schedule, at: now } }],
  },
  RecordStarted: { from: ['granted'], record: started },
  RecordRevoked: { from: notInEffect, record: revoked },
  // Once it is approved the guard of the role answers it.
  RecordGroundLost: { from: [...undecided, 'pendingDecision', 'awaitingCustomExtension'], record: revoked },
  RecordNeverStarted: { from: ['granted'], record: revoked },
  RecordFailure: {
    from: unanswered,
    record: ({ code, message, now }, { ref }) => [{ type: 'RequestFailed', data: { ...ref, code, message, at: now } }],
  },
};

const record = <T extends keyof DataOf>({ type, data }: OutcomeOf<T>, request: Request): readonly RequestEvent[] => {
  const step: Step<DataOf[T]> = steps[type];
  return isOpen(request) && step.from.includes(request.status) ? step.record(data, request) : [];
};

const decide = (command: RequestCommand, request: Request): readonly RequestEvent[] => {
  switch (command.type) {
    case 'SubmitRequest':
    case 'RefuseRequest':
      return request.status === 'absent' ? begin(command) : [];
    case 'RecordCustomExtensionAnswer':
      return answered(command, request);
    case 'DecideExtension':
      return decideExtension(command, request);
    case 'CancelRequest':
      return cancel(command, request);
    default:
      return record(command, request);
  }
};

/**
 * The life of one request. Late records, and records of a request that is not there, are silence: a schedule may have
 * been made without a request. A final status never changes.
 */
export const requestDecider: Decider<Request, RequestCommand, RequestEvent> = { ...requestView, decide };
