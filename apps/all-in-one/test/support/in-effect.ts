import { scheduleIdOf, type Recorded } from './log';
import { role } from './server';

/** One answer to the question who holds what: between these two instants it was asked and given. */
export interface Look {
  readonly sentAt: string;
  readonly receivedAt: string;
  readonly schedules: readonly string[];
}

const isGuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A schedule's own id. One made outside PIM is shown under its instance's, which holds that of the role and its own. */
export const scheduleIdIn = (shown: string): string => {
  if (isGuid.test(shown)) return shown;
  const hex = Buffer.from(shown.slice(0, 43), 'base64url').subarray(16).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

interface Granted {
  readonly start: string;
  readonly end: string | null;
}

/**
 * S2: whatever was answered to be in effect was so at some moment between question and answer: granted and started,
 * not past its end, and of nobody who was told before the question that it has ended.
 */
export const expectInEffect = (
  log: readonly Recorded[],
  looks: readonly Look[],
  ended: ReadonlyMap<string, string>,
): void => {
  const granted = new Map(
    log.filter(({ type }) => type === 'AssignmentGranted').map((event) => [scheduleIdOf(event), event.data as Granted]),
  );
  const isInEffect = (id: string, { sentAt, receivedAt }: Look): boolean => {
    const { start, end } = granted.get(id) ?? { start: '9', end: null };
    return start <= receivedAt && (end === null || sentAt < end) && sentAt <= (ended.get(id) ?? '9');
  };
  const wrong = looks.flatMap((look) =>
    look.schedules.filter((id) => !isInEffect(id, look)).map((id) => ({ id, sentAt: look.sentAt, ...granted.get(id) })),
  );
  expect(wrong).toEqual([]);
};

const endings = /^Assignment(Removed|Deactivated|Expired)$/;

/** What has ended, by the log. */
export const endedIn = (log: readonly Recorded[]): ReadonlySet<unknown> =>
  new Set(log.filter(({ type }) => endings.test(type)).map(scheduleIdOf));

/**
 * Every one of these has expired once, at its agreed end and not before; answers the longest time in milliseconds that
 * it took to be recorded.
 */
export const expectExpiredOnce = (log: readonly Recorded[], scheduleIds: readonly string[]): number => {
  const delays = scheduleIds.map((scheduleId) => {
    const about = log.filter((event) => scheduleIdOf(event) === scheduleId);
    const granted = about.find(({ type }) => type === 'AssignmentGranted');
    const expired = about.filter(({ type }) => type === 'AssignmentExpired');
    const end = String((granted?.data as Partial<Granted> | undefined)?.end);
    expect([scheduleId, expired.map(({ data }) => (data as { readonly at: string }).at)]).toEqual([scheduleId, [end]]);
    return Date.parse(expired[0]?.recordedAt ?? '') - Date.parse(end);
  });
  expect(delays.filter((delay) => !(delay >= 0))).toEqual([]);
  return Math.max(...delays);
};

const protectedRoles: readonly string[] = [role.globalAdministrator, role.privilegedRoleAdministrator];

/** S3: at every point of the log, from the first one on, each protected role has a permanent holder. */
export const expectAdministrators = (log: readonly Recorded[]): void => {
  for (const roleId of protectedRoles) {
    const holding = new Set<unknown>();
    const events = log.filter(({ stream }) => stream === `roleSchedule-${roleId}@/`);
    const counts = events.map((event) => {
      const { assignmentType, end } = event.data as { readonly assignmentType?: string; readonly end?: string | null };
      if (event.type === 'AssignmentGranted' && assignmentType === 'Assigned' && end === null)
        holding.add(scheduleIdOf(event));
      if (endings.test(event.type)) holding.delete(scheduleIdOf(event));
      return holding.size;
    });
    const first = counts.findIndex((count) => count > 0);
    expect([roleId, first >= 0 && counts.slice(first).every((count) => count > 0)]).toEqual([roleId, true]);
  }
};
