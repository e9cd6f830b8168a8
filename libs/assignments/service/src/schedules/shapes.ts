import type { Instant } from '@pim/contracts';

/** What Graph prints where nothing was ever changed (reference §0.3). */
export const neverModified = '0001-01-01T08:00:00Z';

/** `requestSchedule` of a schedule that exists: its end is a date or it has none. */
export const scheduleInfo = ({ start, end }: { readonly start: Instant; readonly end: Instant | null }): object => ({
  startDateTime: start,
  recurrence: null,
  expiration: { type: end ? 'afterDateTime' : 'noExpiration', endDateTime: end, duration: null },
});

const bytesOf = (guid: string): Buffer => Buffer.from(guid.replaceAll('-', ''), 'hex');

/** URL-safe and opaque, like Microsoft's: not a GUID, and the same for an instance and its role assignment (reference §4.2). */
export const instanceId = (schedule: { readonly roleDefinitionId: string; readonly scheduleId: string }): string =>
  Buffer.concat([bytesOf(schedule.roleDefinitionId), bytesOf(schedule.scheduleId)]).toString('base64url');
