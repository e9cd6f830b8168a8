import type { Actor, Instant, RoleScheduleEvent } from '@pim/contracts';
import { separationRefusal } from './clash';
import { keeperRefusal } from './last-administrator';
import { narrowedFrom } from './narrowings';
import { liveActivationsFrom } from './role-schedule-answers';
import { removals } from './role-schedule-endings';
import { lastHolderRefusal, target } from './role-schedule.end.decide';
import { grantRefusal } from './role-schedule.grant.decide';
import type { RoleScheduleState } from './role-schedule';
import { isActivation, type Schedule, type Window } from './schedule';
import {
  invalidRequest,
  invalidSchedule,
  notAssigned,
  type Judged,
  type OrderFacts,
  type Outcome,
  type Refusal,
} from './schedule-order';
import { effectiveWindow, windowRefusal } from './schedule-window';

/** How long before its end somebody may ask to keep what they have (reference §4.10). */
const askingWindowMs = 14 * 24 * 60 * 60_000;

/** What is to have other times, of somebody who may be given anything at all. */
const given = (judged: Judged, state: RoleScheduleState): Schedule | Refusal =>
  grantRefusal(judged, state) ??
  target(judged, state, (schedule) => schedule.kind === judged.order.kind && !isActivation(schedule)) ??
  notAssigned;

/** The end of the last permanent administrator by the back door: an end where there was none, or a later start. */
const timesRefusal = (found: Schedule, window: Window, { facts }: Judged, state: RoleScheduleState): Refusal | null => {
  const stays = window.end === null && window.start <= facts.now;
  return (stays ? null : keeperRefusal(state, [found], facts)) ?? laterRefusal(found, window, facts, state);
};

/** The same of the last active owner of a group, whom only time may take. */
const laterRefusal = (
  found: Schedule,
  { start }: Window,
  facts: OrderFacts,
  state: RoleScheduleState,
): Refusal | null =>
  start <= facts.now
    ? null
    : lastHolderRefusal([found, ...liveActivationsFrom(state, found.scheduleId, facts.now)], facts, state);

/** What becomes of the activations made from an eligibility that now has other times. */
export const settle = (
  activations: readonly Schedule[],
  { start, end }: Window,
  now: Instant,
): { readonly kept: readonly Schedule[]; readonly cut: readonly Schedule[]; readonly ended: readonly Schedule[] } => {
  const rests = ({ start: from }: Schedule): boolean =>
    (from > now ? from : now) >= start && (end === null || (from > now ? from : now) < end);
  const kept = activations.filter(rests);
  const outlasts = (one: Schedule): boolean => end !== null && (one.end === null || one.end > end);
  return { kept, cut: kept.filter(outlasts), ended: activations.filter((one) => !rests(one)) };
};

/** An activation that ends no later from now on than what it rests on. */
export const shortenedTo = (
  end: Instant,
  { role, principalId, scheduleId, principalType }: Schedule,
  by: { readonly by: Actor; readonly at: Instant },
): RoleScheduleEvent => ({
  type: 'AssignmentShortened',
  data: { ...role, principalId, scheduleId, principalType, end, ...by },
});

const rescheduled = (
  found: Schedule,
  { start, end }: Window,
  { order, facts }: Judged,
  state: RoleScheduleState,
): readonly RoleScheduleEvent[] => {
  const { role, principalId, principalType, scheduleId: replaces } = found;
  const change = order.action === 'adminUpdate' ? 'updated' : 'extended';
  const by = { by: order.actor, at: facts.now };
  const about = {
    ...role,
    principalId,
    scheduleId: order.requestId,
    replaces,
    principalType,
    change,
    start,
    end,
  } as const;
  if (found.kind === 'assignment') return [{ type: 'AssignmentRescheduled', data: { ...about, ...by } }];
  const { kept, cut, ended } = settle(liveActivationsFrom(state, replaces, facts.now), { start, end }, facts.now);
  const narrowed = narrowedFrom(state.narrowings, replaces, facts.now);
  const activations = [...kept, ...narrowed].map(({ scheduleId }) => scheduleId);
  return [
    ...removals(state, ended, { reason: 'eligibility-ended', requestId: null, ...by }),
    { type: 'EligibilityRescheduled', data: { ...about, activations, ...by } },
    // Only what the eligibility's end is earlier than is cut, so it has one.
    ...cut.map((one) => shortenedTo(end ?? facts.now, one, by)),
  ];
};

/**
 * Gives an eligibility or a standing assignment other times. One that runs goes on from its own start, unless a later one
 * is asked for; activations of an eligibility that its new times do not cover end, or end with it (reference §4.9).
 */
export const adminUpdate = (judged: Judged, state: RoleScheduleState): Outcome => {
  const { order, facts } = judged;
  const found = given(judged, state);
  if ('code' in found) return found;
  const asked = effectiveWindow(order, facts.now);
  const window =
    asked.start > facts.now ? asked : { ...asked, start: found.start < facts.now ? found.start : asked.start };
  const refusal =
    windowRefusal(asked) ?? timesRefusal(found, window, judged, state) ?? separationRefusal(facts.clashes, window);
  return refusal ?? rescheduled(found, window, judged, state);
};

const extensionRefusal = (found: Schedule, asked: Window, { order, facts }: Judged): Refusal | null => {
  if (found.end === null) return invalidRequest('it is permanent, so there is nothing to extend.');
  if (order.action === 'selfExtend' && Date.parse(found.end) - Date.parse(facts.now) > askingWindowMs)
    return invalidRequest('an extension can be asked for from 14 days before the end.');
  if (asked.start > found.end)
    return invalidSchedule('an extension starts before the present end, so that there is no gap.');
  if (asked.end !== null && asked.end <= found.end)
    return invalidSchedule(`an extension ends later than what is extended, which ends ${found.end}.`);
  return windowRefusal(asked);
};

/**
 * Moves the end of an eligibility or a standing assignment further away, before it has come; the start stays. A duration
 * counts from the start asked for, or from now. Who asked for it themself may do so from 14 days before (reference §4.10).
 */
export const extend = (judged: Judged, state: RoleScheduleState): Outcome => {
  const found = given(judged, state);
  if ('code' in found) return found;
  const asked = effectiveWindow(judged.order, judged.facts.now);
  const window = { start: found.start, end: asked.end };
  return (
    extensionRefusal(found, asked, judged) ??
    separationRefusal(judged.facts.clashes, window) ??
    rescheduled(found, window, judged, state)
  );
};
