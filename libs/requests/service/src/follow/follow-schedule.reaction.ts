import {
  roleScheduleStream,
  type AssignmentDeactivated,
  type AssignmentGranted,
  type AssignmentRemoved,
  type AssignmentStarted,
  type EligibilityGranted,
  type EligibilityRemoved,
  type RoleScheduleEvent,
  type ScheduleChangeRefused,
} from '@pim/contracts';
import { under, type Reaction } from '@pim/engine';
import { RecordOutcomeCommand, type Outcome } from './record-outcome.handler';

type About = readonly [requestId: string, outcome: Outcome];

const granted = ({ scheduleId, start, end, at }: (EligibilityGranted | AssignmentGranted)['data']): About => [
  scheduleId,
  { type: start > at ? 'RecordGranted' : 'RecordProvisioned', data: { scheduleId, start, end, now: at } },
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

const started = ({ scheduleId, at: now }: AssignmentStarted['data']): About => [
  scheduleId,
  { type: 'RecordStarted', data: { now } },
];

type Removal = EligibilityRemoved | AssignmentRemoved | AssignmentDeactivated;

const isRemoval = (event: RoleScheduleEvent): event is Removal =>
  ['EligibilityRemoved', 'AssignmentRemoved', 'AssignmentDeactivated'].includes(event.type);

/** Which requests an event of the guard stream says something about. */
const aboutRequests = (event: RoleScheduleEvent): readonly About[] => {
  switch (event.type) {
    case 'EligibilityGranted':
    case 'AssignmentGranted':
      return [granted(event.data)];
    case 'EligibilityStarted':
    case 'AssignmentStarted':
      return [started(event.data)];
    case 'ScheduleChangeRefused':
      return [refused(event.data)];
    default:
      return isRemoval(event) ? removed(event.data) : [];
  }
};

/** Requests learn how they ended from the guard stream of their role. */
export const followSchedule: Reaction<RoleScheduleEvent, RecordOutcomeCommand> = {
  name: 'follow-schedule',
  source: roleScheduleStream,
  react: (event, context) =>
    aboutRequests(event).map(([id, outcome], index) => new RecordOutcomeCommand(id, outcome, under(context, index))),
};
