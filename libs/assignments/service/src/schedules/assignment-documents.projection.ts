import {
  roleScheduleStream,
  type AssignmentGranted,
  type AssignmentRescheduled,
  type RoleScheduleEvent,
} from '@pim/contracts';
import type { Projection } from '@pim/engine';
import {
  grantedSchedule,
  scheduleIndexes,
  scheduleInfo,
  shortenedSchedule,
  startedSchedule,
  type ScheduleDocument,
} from './shapes';

/** An active assignment, running or to come: what schedules, instances and role assignments are answered from. */
export interface AssignmentDocument extends ScheduleDocument {
  readonly assignmentType: 'Assigned' | 'Activated';
  readonly memberType: 'Direct' | 'Group';
  readonly eligibilityId: string | null;
}

const ends = new Set<RoleScheduleEvent['type']>(['AssignmentRemoved', 'AssignmentDeactivated', 'AssignmentExpired']);

const standing = { assignmentType: 'Assigned', memberType: 'Direct', eligibilityId: null } as const;

type Granted = AssignmentGranted | AssignmentRescheduled;

/** As Microsoft shows it: no dates, no request, and the instance's id for the schedule's too (reference §1.2, §4.1). */
const outsidePim = (document: AssignmentDocument): AssignmentDocument => ({
  ...document,
  id: document.instanceId,
  createdUsing: null,
  startDateTime: null,
  scheduleInfo: scheduleInfo({ start: null, end: null }),
});

/** One that goes on under another id is no longer found under the old one. */
const assigned = ({ type, data }: Granted, key: string): AssignmentDocument | null => {
  const schedule = grantedSchedule(data, '-1');
  if (type === 'AssignmentRescheduled') return key === data.replaces ? null : { ...schedule, ...standing };
  const { assignmentType, memberType, eligibilityId, origin } = data;
  const assignment = { ...schedule, assignmentType, memberType, eligibilityId };
  return origin === 'directory' ? outsidePim(assignment) : assignment;
};

const evolve = (
  document: AssignmentDocument | null,
  event: RoleScheduleEvent,
  key: string,
): AssignmentDocument | null => {
  switch (event.type) {
    case 'AssignmentGranted':
    case 'AssignmentRescheduled':
      return assigned(event, key);
    case 'AssignmentShortened':
      return shortenedSchedule(document, event.data);
    case 'EligibilityRescheduled':
      return document && { ...document, eligibilityId: event.data.scheduleId };
    case 'AssignmentStarted':
      return startedSchedule(document, event.data.at);
    default:
      return ends.has(event.type) ? null : document;
  }
};

const keys = (event: RoleScheduleEvent): readonly string[] => {
  if (event.type === 'EligibilityRescheduled') return event.data.activations;
  if (event.type === 'AssignmentRescheduled') return [event.data.replaces, event.data.scheduleId];
  return event.type.startsWith('Assignment') && 'scheduleId' in event.data ? [event.data.scheduleId] : [];
};

export const assignmentDocuments: Projection<AssignmentDocument, RoleScheduleEvent> = {
  collection: 'assignments.assignments',
  indexes: scheduleIndexes,
  sources: [roleScheduleStream],
  keys,
  evolve: (document, event, _recorded, key) => evolve(document, event, key),
};
