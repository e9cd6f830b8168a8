import type { Instant, ScheduleOrder } from '@pim/contracts';
import { Rejection } from '@pim/kernel';

/** Shorter than this nothing is given (reference §3.2). */
const shortestMs = 5 * 60_000;

const invalid = (message: string) => new Rejection('invalid', 'InvalidRoleAssignmentRequest', message);

/** How long the order gives the role when it is carried out now, in milliseconds; null: without end. */
const lengthOf = ({ startDateTime, durationMs, endDateTime }: ScheduleOrder, now: Instant): number | null => {
  if (endDateTime === null) return durationMs;
  const start = startDateTime !== null && startDateTime > now ? startDateTime : now;
  return Math.min(durationMs ?? Infinity, Date.parse(endDateTime) - Date.parse(start));
};

/**
 * The same order for no longer than an approver allows, from when it is carried out; unchanged when it is not longer, or
 * when they say nothing (null). An end that was asked for stays beside what they allow: however late it is carried out, it
 * does not last beyond it. Throws a Rejection for a time that is too short: an approver shortens, and never lengthens.
 */
export const shortened = (order: ScheduleOrder, maximumMs: number | null, now: Instant): ScheduleOrder => {
  if (maximumMs === null) return order;
  if (maximumMs < shortestMs) throw invalid('The duration must be at least 5 minutes (PT5M).');
  const length = lengthOf(order, now);
  if (length !== null && maximumMs > length)
    throw invalid('An approver may shorten what was asked for, not lengthen it. Send a shorter duration, or none.');
  return maximumMs === length ? order : { ...order, durationMs: maximumMs };
};
