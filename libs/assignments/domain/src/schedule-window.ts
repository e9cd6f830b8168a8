import type { Instant, ScheduleOrder } from '@pim/contracts';
import { invalidSchedule, tooShort, type Refusal } from './schedule-order';
import type { Window } from './schedule';

/** How long an assignment lasts at least, and how long it cannot be taken back (reference §4.8). */
const floorMs = 5 * 60_000;

/** Instants compare as text only up to here: later years are written with a sign. */
const latest = Date.parse('9999-12-31T23:59:59.999Z');

/** An end that is not after the start, or that no instant can express, becomes the start: an empty window is refused. */
const after = (start: Instant, durationMs: number): Instant => {
  const from = Date.parse(start);
  const to = from + durationMs;
  return to > from && to <= latest ? new Date(to).toISOString() : start;
};

/** The same window, ending no later than this. */
export const cappedAt = (window: Window, limit: Instant | null): Window =>
  limit !== null && (window.end === null || limit < window.end) ? { ...window, end: limit } : window;

/**
 * The effective schedule of an order carried out now: a start in the past becomes now (reference §4.4). It ends when its
 * duration is over or at its end, whichever comes first.
 */
export const effectiveWindow = (order: ScheduleOrder, now: Instant): Window => {
  const start = order.startDateTime !== null && order.startDateTime > now ? order.startDateTime : now;
  const end = order.durationMs === null ? null : after(start, order.durationMs);
  return cappedAt({ start, end }, order.endDateTime);
};

/** Why nothing may be scheduled for this window; null when it may. */
export const windowRefusal = ({ start, end }: Window): Refusal | null => {
  if (end === null) return null;
  const lasts = Date.parse(end) - Date.parse(start);
  if (!(lasts > 0)) return invalidSchedule('its end must be after its start and before the year 10000.');
  return lasts < floorMs ? tooShort : null;
};

/** Whether it has been in effect for less than five minutes; what has not started yet can be ended at once. */
export const isTooFresh = ({ start }: Window, now: Instant): boolean =>
  start <= now && Date.parse(now) - Date.parse(start) < floorMs;
