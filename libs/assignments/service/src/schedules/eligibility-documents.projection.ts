import { roleScheduleStream, type EligibilityGranted, type Instant, type RoleScheduleEvent } from '@pim/contracts';
import type { Projection } from '@pim/engine';
import { instanceId, neverModified, scheduleInfo } from './shapes';

/** An eligibility, in effect or to come: what eligibility schedules and instances are answered from. */
export interface EligibilityDocument {
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
  readonly memberType: 'Direct';
  readonly scheduleInfo: object;
  readonly startDateTime: Instant;
  readonly endDateTime: Instant | null;
}

const fromGrant = ({ data }: EligibilityGranted): EligibilityDocument => ({
  id: data.scheduleId,
  instanceId: `${instanceId(data)}-1-e`,
  principalId: data.principalId,
  roleDefinitionId: data.roleDefinitionId,
  directoryScopeId: data.directoryScopeId,
  appScopeId: null,
  createdUsing: data.scheduleId,
  createdDateTime: data.at,
  modifiedDateTime: neverModified,
  status: data.start > data.at ? 'Granted' : 'Provisioned',
  memberType: 'Direct',
  scheduleInfo: scheduleInfo(data),
  startDateTime: data.start,
  endDateTime: data.end,
});

const evolve = (document: EligibilityDocument | null, event: RoleScheduleEvent): EligibilityDocument | null => {
  switch (event.type) {
    case 'EligibilityGranted':
      return fromGrant(event);
    case 'EligibilityStarted':
      return document && { ...document, status: 'Provisioned', modifiedDateTime: event.data.at };
    case 'EligibilityRemoved':
    case 'EligibilityExpired':
      return null;
    default:
      return document;
  }
};

export const eligibilityDocuments: Projection<EligibilityDocument, RoleScheduleEvent> = {
  collection: 'assignments.eligibilities',
  sources: [roleScheduleStream],
  keys: (event) => (event.type.startsWith('Eligibility') && 'scheduleId' in event.data ? [event.data.scheduleId] : []),
  evolve,
};
