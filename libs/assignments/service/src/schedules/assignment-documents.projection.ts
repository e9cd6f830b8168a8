import { roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Projection } from '@pim/engine';
import { grantedSchedule, startedSchedule, type ScheduleDocument } from './shapes';

/** An active assignment, running or to come: what schedules, instances and role assignments are answered from. */
export interface AssignmentDocument extends ScheduleDocument {
  readonly assignmentType: 'Assigned' | 'Activated';
  readonly memberType: 'Direct' | 'Group';
  readonly eligibilityId: string | null;
}

const evolve = (document: AssignmentDocument | null, event: RoleScheduleEvent): AssignmentDocument | null => {
  switch (event.type) {
    case 'AssignmentGranted': {
      const { assignmentType, memberType, eligibilityId } = event.data;
      return { ...grantedSchedule(event.data, '-1'), assignmentType, memberType, eligibilityId };
    }
    case 'AssignmentStarted':
      return startedSchedule(document, event.data.at);
    case 'AssignmentRemoved':
    case 'AssignmentDeactivated':
    case 'AssignmentExpired':
      return null;
    default:
      return document;
  }
};

export const assignmentDocuments: Projection<AssignmentDocument, RoleScheduleEvent> = {
  collection: 'assignments.assignments',
  sources: [roleScheduleStream],
  keys: (event) => (event.type.startsWith('Assignment') && 'scheduleId' in event.data ? [event.data.scheduleId] : []),
  evolve,
};
