import {
  roleScheduleStream,
  type AssignmentGranted,
  type AssignmentRescheduled,
  type AssignmentStarted,
  type EligibilityGranted,
  type EligibilityRescheduled,
  type RoleScheduleEvent,
  type ScheduleChangeRefused,
} from '@pim/contracts';
import { under, type Reaction } from '@pim/engine';
import { RecordOutcomeCommand, type Outcome } from './record-outcome.handler';

type About = readonly [requestId: string, outcome: Outcome];

type Times = Pick<(EligibilityGranted | AssignmentGranted)['data'], 'scheduleId' | 'start' | 'end' | 'at'>;

const granted = ({ scheduleId, start, end, at }: Times): About => [
  scheduleId,
  { type: start > at ? 'RecordGranted' : 'RecordProvisioned', data: { scheduleId, start, end, now: at } },
];

/** The request that changed it took effect; the one that had granted it will not start any more. */
const rescheduled = (data: (EligibilityRescheduled | AssignmentRescheduled)['data']): readonly About[] => [
  granted(data),
  [data.replaces, { type: 'RecordNeverStarted', data: { now: data.at } }],
];

/** The request that removed it took effect; the one that had granted it will not start any more. */
const removed = (data: { scheduleId: string; requestId: string | null; at: string }): readonly About[] => {
  const { scheduleId, requestId, at: now } = data;
  const neverStarted: About = [scheduleId, { type: 'RecordNeverStarted', data: { now } }];
  return requestId === null || requestId === scheduleId
    ? [neverStarted]
    : [[requestId, { type: 'RecordRevoked', data: { now } }], neverStarted];
};

const refused = ({ code, message, requestId, at: now }: ScheduleChangeRefused['data']): About => [
  requestId,
  { type: 'RecordFailure', data: { code, message, now } },
];

/** Also told by its end: whoever looked after the clock may have missed the start. */
const started = ({ scheduleId, at: now }: Pick<AssignmentStarted['data'], 'scheduleId' | 'at'>): About => [
  scheduleId,
  { type: 'RecordStarted', data: { now } },
];

type Facts = { readonly [E in RoleScheduleEvent as E['type']]: E['data'] };

/** Which requests an event of the guard stream says something about. */
const about: { readonly [T in keyof Facts]?: (data: Facts[T]) => readonly About[] } = {
  EligibilityGranted: (data) => [granted(data)],
  AssignmentGranted: (data) => [granted(data)],
  EligibilityRescheduled: rescheduled,
  AssignmentRescheduled: rescheduled,
  EligibilityStarted: (data) => [started(data)],
  AssignmentStarted: (data) => [started(data)],
  EligibilityExpired: (data) => [started(data)],
  AssignmentExpired: (data) => [started(data)],
  EligibilityRemoved: removed,
  AssignmentRemoved: removed,
  AssignmentDeactivated: removed,
  ScheduleChangeRefused: (data) => [refused(data)],
};

type Fact<T extends keyof Facts> = { readonly [K in T]: { readonly type: K; readonly data: Facts[K] } }[T];

const aboutRequests = <T extends keyof Facts>(event: Fact<T>): readonly About[] =>
  about[event.type]?.(event.data) ?? [];

/** What an event of the guard stream says of requests, by their ids. */
export const outcomesIn = (event: RoleScheduleEvent): readonly About[] => aboutRequests(event);

/** Requests learn how they ended from the guard stream of their role. */
export const followSchedule: Reaction<RoleScheduleEvent, RecordOutcomeCommand> = {
  name: 'follow-schedule',
  source: roleScheduleStream,
  react: (event, context) =>
    outcomesIn(event).map(([id, outcome], index) => new RecordOutcomeCommand(id, outcome, under(context, index))),
};
