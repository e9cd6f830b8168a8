import type { AssignmentRescheduled, EligibilityRescheduled, Instant, RoleScheduleEvent } from '@pim/contracts';
import { PersistentMap, type View } from '@pim/kernel';

/** One eligibility or assignment of a principal; `end` null: permanent, otherwise the end itself is outside. */
export interface Held {
  readonly scheduleId: string;
  readonly start: Instant;
  readonly end: Instant | null;
}

/** The three ways to have a role: eligible for it, assigned it, or having activated it. */
export type Hold = 'eligible' | 'assigned' | 'activated';

type HeldBy = PersistentMap<readonly Held[]>;

/** Who has one role at one scope, by principal: what has not been recorded as ended, past ends included. */
export type RoleView = Readonly<Record<Hold, HeldBy>>;

const add = (view: RoleView, hold: Hold, data: Held & { readonly principalId: string }): RoleView => {
  const { principalId, scheduleId, start, end } = data;
  const others = (view[hold].get(principalId) ?? []).filter((held) => held.scheduleId !== scheduleId);
  return { ...view, [hold]: view[hold].with(principalId, [...others, { scheduleId, start, end }]) };
};

const without = (held: HeldBy, principalId: string, scheduleId: string): HeldBy => {
  const rest = (held.get(principalId) ?? []).filter((one) => one.scheduleId !== scheduleId);
  return rest.length === 0 ? held.without(principalId) : held.with(principalId, rest);
};

const end = (view: RoleView, holds: readonly Hold[], data: { principalId: string; scheduleId: string }): RoleView =>
  holds.reduce((left, hold) => ({ ...left, [hold]: without(left[hold], data.principalId, data.scheduleId) }), view);

const ends: Readonly<Partial<Record<RoleScheduleEvent['type'], readonly Hold[]>>> = {
  EligibilityRemoved: ['eligible'],
  EligibilityExpired: ['eligible'],
  AssignmentRemoved: ['assigned', 'activated'],
  AssignmentDeactivated: ['activated'],
  AssignmentExpired: ['assigned', 'activated'],
};

type Rescheduled = (EligibilityRescheduled | AssignmentRescheduled)['data'];

const reschedule = (view: RoleView, hold: Hold, data: Rescheduled): RoleView =>
  add(end(view, [hold], { principalId: data.principalId, scheduleId: data.replaces }), hold, data);

const shorten = (view: RoleView, data: Omit<Held, 'start'> & { readonly principalId: string }): RoleView => {
  const held = view.activated.get(data.principalId)?.find(({ scheduleId }) => scheduleId === data.scheduleId);
  return held ? add(view, 'activated', { ...held, principalId: data.principalId, end: data.end }) : view;
};

const evolve = (view: RoleView, event: RoleScheduleEvent): RoleView => {
  switch (event.type) {
    case 'EligibilityGranted':
      return add(view, 'eligible', event.data);
    case 'AssignmentGranted':
      return add(view, event.data.assignmentType === 'Assigned' ? 'assigned' : 'activated', event.data);
    case 'EligibilityRescheduled':
      return reschedule(view, 'eligible', event.data);
    case 'AssignmentRescheduled':
      return reschedule(view, 'assigned', event.data);
    case 'AssignmentShortened':
      return shorten(view, event.data);
    default:
      return endOf(view, event);
  }
};

const endOf = (view: RoleView, event: RoleScheduleEvent): RoleView => {
  const holds = ends[event.type];
  return holds && 'scheduleId' in event.data ? end(view, holds, event.data) : view;
};

/** What a `roleSchedule` stream means to whoever judges requests. */
export const roleView: View<RoleView, RoleScheduleEvent> = {
  initial: { eligible: PersistentMap.empty(), assigned: PersistentMap.empty(), activated: PersistentMap.empty() },
  evolve,
};

/** What a principal itself holds this way, running or still to come, whatever has been recorded about ends. */
export const heldBy = (view: RoleView, hold: Hold, principalId: string, now: Instant): readonly Held[] =>
  (view[hold].get(principalId) ?? []).filter((held) => held.end === null || now < held.end);

const hasStarted = (held: readonly Held[], at: Instant): boolean => held.some(({ start }) => start <= at);

/** Whether an eligibility of one of these principals (somebody and their groups) is in effect at an instant. */
export const isEligible = (view: RoleView, principalIds: readonly string[], at: Instant): boolean =>
  principalIds.some((principalId) => hasStarted(heldBy(view, 'eligible', principalId, at), at));

/** Whether one of these principals has an eligibility that has not ended, in effect or still to come. */
export const isEverEligible = (view: RoleView, principalIds: readonly string[], now: Instant): boolean =>
  principalIds.some((principalId) => heldBy(view, 'eligible', principalId, now).length > 0);

/** Whether the principal itself has the role now, or has an activation of it still to come (reference §4.7). */
export const isActiveOrScheduled = (view: RoleView, principalId: string, now: Instant): boolean =>
  hasStarted(heldBy(view, 'assigned', principalId, now), now) || heldBy(view, 'activated', principalId, now).length > 0;
