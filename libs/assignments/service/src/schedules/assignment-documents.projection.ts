import { roleScheduleStream, type AssignmentGranted, type Instant, type RoleScheduleEvent } from '@pim/contracts';
import type { Projection } from '@pim/engine';
import { instanceId, neverModified, scheduleInfo } from './shapes';

/** An active assignment, running or to come: what schedules, instances and role assignments are answered from. */
export interface AssignmentDocument {
  readonly id: string;
  readonly instanceId: string;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly appScopeId: null;
  readonly createdUsing: string;
  readonly createdDateTime: Instant;
  readonly modifiedDateTime: string;
  readonly status: string;
  readonly assignmentType: 'Assigned' | 'Activated';
  readonly memberType: 'Direct' | 'Group';
  readonly scheduleInfo: object;
  readonly startDateTime: Instant;
  readonly endDateTime: Instant | null;
  readonly eligibilityId: string | null;
}

const fromGrant = ({ data }: AssignmentGranted): AssignmentDocument => ({
  id: data.scheduleId,
  instanceId: `${instanceId(data)}-1`,
  principalId: data.principalId,
  roleDefinitionId: data.roleDefinitionId,
  directoryScopeId: data.directoryScopeId,
  appScopeId: null,
  createdUsing: data.scheduleId,
  createdDateTime: data.at,
  modifiedDateTime: neverModified,
  status: data.start > data.at ? 'Granted' : 'Provisioned',
  assignmentType: data.assignmentType,
  memberType: data.memberType,
  scheduleInfo: scheduleInfo(data),
  startDateTime: data.start,
  endDateTime: data.end,
  eligibilityId: data.eligibilityId,
});

const evolve = (document: AssignmentDocument | null, event: RoleScheduleEvent): AssignmentDocument | null => {
  switch (event.type) {
    case 'AssignmentGranted':
      return fromGrant(event);
    case 'AssignmentStarted':
      return document && { ...document, status: 'Provisioned', modifiedDateTime: event.data.at };
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
