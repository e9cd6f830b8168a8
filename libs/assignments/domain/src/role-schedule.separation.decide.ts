import type { Actor, Instant, RoleScheduleEvent } from '@pim/contracts';
import { Rejection, type DomainCommand } from '@pim/kernel';
import { separationRefusal, type Clash } from './clash';
import { keeperRefusal } from './last-administrator';
import { removals } from './role-schedule-endings';
import { scheduleOf, type RoleScheduleState } from './role-schedule';
import { isLive } from './schedule';

/** Takes back what was granted in the moment in which somebody else gave a role that is to be apart from it. */
export type EndSeparated = DomainCommand<
  'EndSeparated',
  { scheduleId: string; clashes: readonly Clash[]; isProtected: boolean; by: Actor; now: Instant }
>;

/**
 * Silence for what is over, and for what meets none of the clashes. Throws `Conflict` for a last administrator: of the two
 * roles the other one has to go then.
 */
export const endSeparated = (
  { scheduleId, clashes, isProtected, by, now }: EndSeparated['data'],
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  const found = scheduleOf(state, scheduleId);
  if (!found || !isLive(found, now) || !separationRefusal(clashes, found)) return [];
  const refusal = keeperRefusal(state, [found], { now, isProtected });
  if (refusal) throw new Rejection('conflict', 'Conflict', refusal.message);
  return removals(state, [found], { reason: 'separation-of-duty', requestId: null, by, at: now });
};
