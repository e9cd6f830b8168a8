import { roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Projection } from '@pim/engine';
import { grantedSchedule, scheduleIndexes, startedSchedule, type ScheduleDocument } from './shapes';

/** An eligibility, in effect or to come: what eligibility schedules and instances are answered from. */
export interface EligibilityDocument extends ScheduleDocument {
  readonly memberType: 'Direct';
}

const evolve = (
  document: EligibilityDocument | null,
  event: RoleScheduleEvent,
  key: string,
): EligibilityDocument | null => {
  switch (event.type) {
    case 'EligibilityGranted':
      return { ...grantedSchedule(event.data, '-1-e'), memberType: 'Direct' };
    case 'EligibilityRescheduled':
      return key === event.data.replaces ? null : { ...grantedSchedule(event.data, '-1-e'), memberType: 'Direct' };
    case 'EligibilityStarted':
      return startedSchedule(document, event.data.at);
    case 'EligibilityRemoved':
    case 'EligibilityExpired':
      return null;
    default:
      return document;
  }
};

const keys = (event: RoleScheduleEvent): readonly string[] => {
  if (event.type === 'EligibilityRescheduled') return [event.data.replaces, event.data.scheduleId];
  return event.type.startsWith('Eligibility') && 'scheduleId' in event.data ? [event.data.scheduleId] : [];
};

export const eligibilityDocuments: Projection<EligibilityDocument, RoleScheduleEvent> = {
  collection: 'assignments.eligibilities',
  indexes: scheduleIndexes,
  sources: [roleScheduleStream],
  keys,
  evolve: (document, event, _recorded, key) => evolve(document, event, key),
};
