import type { RequestSubmitted } from '@pim/contracts';
import { ofType, streamOf, type AnyEvent, type Told } from './told';

const requestEnds = [
  'RequestRefused',
  'RequestProvisioned',
  'RequestRevoked',
  'RequestDenied',
  'RequestLapsed',
  'RequestFailed',
  'RequestCanceled',
] as const;

const approvalEnds = ['ApprovalGranted', 'ApprovalDenied', 'ApprovalLapsed', 'ApprovalWithdrawn'] as const;

type Ends = readonly AnyEvent['type'][];

/** How an approval may have ended, by how its request did: who is withdrawn may have been answered at that moment. */
const agreeing: Readonly<Record<string, Ends>> = {
  RequestProvisioned: ['ApprovalGranted'],
  RequestFailed: ['ApprovalGranted'],
  RequestDenied: ['ApprovalDenied'],
  RequestLapsed: ['ApprovalLapsed'],
  RequestRevoked: approvalEnds,
  RequestCanceled: approvalEnds,
};

const typesOf = (events: readonly Told[]): string => events.map(({ type }) => type).join(' ') || 'nothing';

/** A history, and when everything that had been set in motion was done: nothing that was withdrawn is left from then on. */
export interface Whole {
  readonly log: readonly Told[];
  readonly settled: { readonly at: string; /** How many events there were. */ readonly events: number };
}

const agree = (requestEnd: Told, end: Told): boolean => agreeing[requestEnd.type]?.includes(end.type) === true;

/** An activation that was asked for: its approval, if it needed one, ended once, with the request, and as that one says. */
const approvalFaults = ({ log, settled }: Whole, requestEnd: Told, isNeeded: boolean): readonly string[] => {
  const id = requestEnd.stream.slice('request-'.length);
  const ends = ofType(streamOf(log, 'approval', id), ...approvalEnds);
  const [end] = ends;
  if (!isNeeded) return ends.length === 0 ? [] : [`${id} needed nobody's yes, and its approval ended`];
  if (!end || ends.length > 1) return [`${id} needed a yes, and its approval ended with ${typesOf(ends)}`];
  if (requestEnd.index < settled.events && settled.events <= end.index)
    return [`${id} had ended, and approvers were asked further`];
  return agree(requestEnd, end) ? [] : [`${id}: ${requestEnd.type} and ${end.type}`];
};

const outcomes = ['AssignmentGranted', 'EligibilityGranted', 'ScheduleChangeRefused'] as const;
const endings = ['AssignmentRemoved', 'EligibilityRemoved', 'AssignmentDeactivated'] as const;
const expiries = ['AssignmentExpired', 'EligibilityExpired'] as const;

/** What the guard made of an order to give something, and what became of that. */
const guardSays = ({ log, settled }: Whole, id: string) => {
  const about = ofType(log, ...outcomes).filter(({ data }) =>
    'scheduleId' in data ? data.scheduleId === id : data.requestId === id,
  );
  // Its time may be up before anybody hears that it was withdrawn.
  const expired = ofType(log, ...expiries).filter(({ data }) => data.at <= settled.at);
  const removed = [...ofType(log, ...endings), ...expired].some(({ data }) => data.scheduleId === id);
  return { granted: about.filter(({ type }) => type !== 'ScheduleChangeRefused'), removed, all: about };
};

const stayed = (id: string, requestEnd: string): string => `${id} ended with ${requestEnd}, and what was given stayed`;

/** What the guard must have said, by how the request ended; null when it has. */
const expectations: Readonly<Record<string, (id: string, said: ReturnType<typeof guardSays>) => string | null>> = {
  RequestProvisioned: (id, { granted }) =>
    granted.length === 1 ? null : `${id} is provisioned, and nothing was given`,
  RequestFailed: (id, { granted, all }) =>
    granted.length === 0 && all.length === 1 ? null : `${id} failed, and the guard said ${typesOf(all)}`,
  RequestRevoked: (id, { granted, removed }) => (granted.length === 0 || removed ? null : stayed(id, 'RequestRevoked')),
  RequestCanceled: (id, { granted, removed }) =>
    granted.length === 0 || removed ? null : stayed(id, 'RequestCanceled'),
};

/** What was given is what the request says: nothing stays of one that ended in any other way. */
const guardFaults = (whole: Whole, id: string, requestEnd: string): readonly string[] => {
  const said = guardSays(whole, id);
  if (said.all.length > 1) return [`${id} was carried out more than once: ${typesOf(said.all)}`];
  const expected = expectations[requestEnd] ?? (() => (said.granted.length === 0 ? null : stayed(id, requestEnd)));
  const fault = expected(id, said);
  return fault === null ? [] : [fault];
};

const gives = (action: string): boolean => action === 'adminAssign' || action === 'selfActivate';

const faultsOf = (whole: Whole, { data }: Told<RequestSubmitted>): readonly string[] => {
  const { requestId: id, approval, action } = data;
  const ends = ofType(streamOf(whole.log, 'request', id), ...requestEnds);
  const [end] = ends;
  if (!end || ends.length > 1) return [`request ${id} ended with ${typesOf(ends)}`];
  return [...approvalFaults(whole, end, approval !== null), ...(gives(action) ? guardFaults(whole, id, end.type) : [])];
};

/** Every request has one end, and its approval and the guard of the role say the same. */
export const agreementFaults = (whole: Whole): readonly string[] =>
  ofType(whole.log, 'RequestSubmitted').flatMap((submitted) => faultsOf(whole, submitted));
