import type {
  AssignmentGranted,
  AssignmentRescheduled,
  EligibilityGranted,
  EligibilityRescheduled,
  Instant,
} from '@pim/contracts';
import { ascending, type Order } from '@pim/engine';
import { groupPartOf, groupScheduleId, guidFor, type GroupPart } from '@pim/platform';

/** Schedules and instances are listed by their ids, those of groups by others, and looked for by whose and of what they are. */
export const scheduleIndexes: readonly Order[] = [
  ...['id', 'instanceId', 'groupScheduleId', 'groupInstanceId'].map((field) => ascending(field)),
  ascending('principalId', 'instanceId'),
  ascending('roleDefinitionId', 'instanceId'),
];

/** What Graph prints where nothing was ever changed (reference §0.3). */
export const neverModified = '0001-01-01T08:00:00Z';

/** `requestSchedule` of a schedule that exists: its end is a date or it has none. */
export const scheduleInfo = ({
  start,
  end,
}: {
  readonly start: Instant | null;
  readonly end: Instant | null;
}): object => ({
  startDateTime: start,
  recurrence: null,
  expiration: { type: end ? 'afterDateTime' : 'noExpiration', endDateTime: end, duration: null },
});

const bytesOf = (guid: string): Buffer => Buffer.from(guid.replaceAll('-', ''), 'hex');

const groupIds = (data: Granted) => {
  const group = groupPartOf(data);
  return {
    ...group,
    groupScheduleId: groupScheduleId(group, data.scheduleId),
    groupInstanceId: groupScheduleId(group, guidFor(`instance ${data.scheduleId}`)),
  };
};

/** URL-safe and opaque, like Microsoft's: not a GUID, and the same for an instance and its role assignment (reference §4.2). */
export const instanceId = (schedule: { readonly roleDefinitionId: string; readonly scheduleId: string }): string =>
  Buffer.concat([bytesOf(schedule.roleDefinitionId), bytesOf(schedule.scheduleId)]).toString('base64url');

/** What every schedule answers with, of either kind (reference Appendix A: unifiedRoleScheduleBase). */
export interface ScheduleDocument extends GroupPart {
  /** The schedule's id, which is the request's; its instance has its own. */
  readonly id: string;
  readonly instanceId: string;
  /** The same two in the form of PIM for Groups; null for directory roles. */
  readonly groupScheduleId: string | null;
  readonly groupInstanceId: string | null;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly appScopeId: null;
  /** null: not by a request. */
  readonly createdUsing: string | null;
  readonly createdDateTime: Instant;
  readonly modifiedDateTime: string;
  readonly status: string;
  readonly scheduleInfo: object;
  /** null: since before PIM knew of it. */
  readonly startDateTime: Instant | null;
  readonly endDateTime: Instant | null;
}

type Granted = (AssignmentGranted | AssignmentRescheduled | EligibilityGranted | EligibilityRescheduled)['data'];

/** A schedule as it was granted, or as it goes on under other times; `suffix` tells instances of the two kinds apart (reference §4.2). */
export const grantedSchedule = (data: Granted, suffix: '-1' | '-1-e'): ScheduleDocument => ({
  id: data.scheduleId,
  instanceId: `${instanceId(data)}${suffix}`,
  ...groupIds(data),
  principalId: data.principalId,
  roleDefinitionId: data.roleDefinitionId,
  directoryScopeId: data.directoryScopeId,
  appScopeId: null,
  createdUsing: data.scheduleId,
  createdDateTime: data.at,
  modifiedDateTime: neverModified,
  status: data.start > data.at ? 'Granted' : 'Provisioned',
  scheduleInfo: scheduleInfo(data),
  startDateTime: data.start,
  endDateTime: data.end,
});

/** The start of a schedule granted for later has come. */
export const startedSchedule = <D extends ScheduleDocument>(document: D | null, at: Instant): D | null =>
  document && { ...document, status: 'Provisioned', modifiedDateTime: at };

/** A schedule that now ends earlier. */
export const shortenedSchedule = <D extends ScheduleDocument>(
  document: D | null,
  { end, at }: { readonly end: Instant; readonly at: Instant },
): D | null =>
  document && {
    ...document,
    endDateTime: end,
    modifiedDateTime: at,
    scheduleInfo: scheduleInfo({ start: document.startDateTime, end }),
  };
