import type { RoleScheduleEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import * as fc from 'fast-check';
import { activeAt, holdsAt, schedulesOf } from './role-schedule-answers';
import { roleSchedule } from './role-schedule.decide';
import { told, toldHolder, toldInEffect, toldWindow, type Told } from './spec/history';
import { after, answer, cast, playAll, step, type Moment, type Played } from './spec/role-schedule-run';

const people = Object.keys(cast);
const farFuture = '9999-12-31T23:59:59.999Z';
const steps = fc.array(step, { minLength: 1, maxLength: 40, size: 'max' });

/** Checks something after every step of random histories of a protected role and of another one. */
const always = (check: (played: Played) => void, isProtected = fc.boolean()) =>
  fc.assert(
    fc.property(steps, isProtected, (asked, guarded) => playAll(asked, guarded).forEach(check)),
    { numRuns: 200 },
  );

/** Checks something once, about the whole history. */
const atTheEnd = (check: (last: Moment) => void) =>
  fc.assert(
    fc.property(steps, fc.boolean(), (asked, guarded) => {
      const last = playAll(asked, guarded).at(-1);
      if (last) check(last.after);
    }),
    { numRuns: 200 },
  );

const holders = ({ state }: Moment, at: string): readonly string[] => people.filter((who) => holdsAt(state, who, at));
const assignmentsOf = ({ events }: Moment): readonly Told[] =>
  told(events).filter(({ granted }) => granted.type === 'AssignmentGranted');
const isActivation = ({ granted }: Told): boolean =>
  granted.type === 'AssignmentGranted' && granted.data.assignmentType === 'Activated';
const scheduleIdOf = ({ data }: RoleScheduleEvent): string => ('scheduleId' in data ? data.scheduleId : '');

/** What an event gives, takes or changes; of one that goes on under another id, both. */
const idsIn = ({ data }: RoleScheduleEvent): readonly string[] => [
  ...('scheduleId' in data ? [data.scheduleId] : []),
  ...('replaces' in data ? [data.replaces] : []),
];

/** Not started yet, or in effect for five minutes. */
const mayEnd = (start: string, now: string): boolean => start > now || after(start, 5 * 60_000) <= now;

const said = ['roleDefinitionId', 'directoryScopeId', 'principalId', 'principalType', 'assignmentType', 'end'];
const saidOf = (data: RoleScheduleEvent['data']) =>
  Object.fromEntries(Object.entries(data).filter(([key]) => said.includes(key)));

const isEndedByOrder = (event: RoleScheduleEvent): boolean =>
  event.type === 'AssignmentDeactivated' || ('reason' in event.data && event.data.reason === 'admin-removed');

const expectEntitled = (activation: Told, all: readonly Told[], now: string): void => {
  const { principalId, start, end, ...data } = activation.granted.data;
  const from = all.find(({ granted }) => 'eligibilityId' in data && granted.data.scheduleId === data.eligibilityId);
  if (!from) throw new Error(`${data.scheduleId} was activated from nothing`);
  expect([principalId, ...(cast[principalId]?.groupIds ?? [])]).toContain(from.granted.data.principalId);
  expect(from.granted.data.start <= start).toBe(true);
  expect(end).not.toBeNull();
  expect((end ?? farFuture) <= (from.granted.data.end ?? farFuture)).toBe(true);
  if (from.endings.some(({ type }) => type === 'EligibilityRemoved')) expect(toldInEffect(activation, now)).toBe(false);
};

const barredIn = ({ state }: Moment): readonly string[] => people.filter((who) => state.barred.has(who));

describe('under every interleaving of grants, removals, activations, expiries, cancellations and bars', () => {
  it('a protected role has a user who holds it, now and for ever after, even if nothing else happens', () =>
    always((played) => {
      const { state, now } = played.after;
      const users = people.filter((who) => cast[who]?.type === 'user' && !state.barred.has(who));
      expect(users.some((who) => [now, farFuture].every((at) => holdsAt(state, who, at)))).toBe(true);
    }, fc.constant(true)));

  it('the answer is "active" exactly while the events say start <= now < end and nothing ended it', () =>
    always(({ after: moment }) => {
      const bounds = assignmentsOf(moment).flatMap(({ granted: { data } }) => [data.start, data.end ?? farFuture]);
      for (const at of [moment.now, ...bounds.filter((bound) => bound >= moment.now)]) {
        const expected = people.filter((who) => toldHolder(moment.events, who, at));
        expect(holders(moment, at)).toEqual(expected);
        expect([...new Set(activeAt(moment.state, at).map((one) => one.principalId))].sort()).toEqual(expected);
      }
    }));

  it('an activation has an eligibility at its start, ends no later, and does not survive its removal', () =>
    always(({ after: { events, now } }) => {
      for (const one of told(events).filter(isActivation)) expectEntitled(one, told(events), now);
    }));

  it('ending or refusing something for one principal takes the role from nobody else', () =>
    always(({ before, command, after: moment, added }) => {
      if (command.type === 'CarryOutOrder' && command.data.order.kind === 'eligibility') return;
      if (added.some(({ type }) => type === 'EligibilityRemoved')) return;
      const concerned = new Set(added.flatMap(({ data }) => ('principalId' in data ? data.principalId : [])));
      expect(concerned.size).toBeLessThanOrEqual(1);
      const others = (at: Moment) => holders(at, moment.now).filter((who) => !concerned.has(who));
      expect(others(moment)).toEqual(others(before));
    }));

  it('of two assignments of one principal, ending one leaves the other', () =>
    always(({ before, command, after: moment, added }) => {
      if (command.type === 'EndHoldings') return;
      const ended = new Set(added.flatMap(idsIn));
      const survivors = activeAt(before.state, moment.now).filter(({ scheduleId }) => !ended.has(scheduleId));
      for (const { principalId } of survivors) expect(holdsAt(moment.state, principalId, moment.now)).toBe(true);
    }));

  it('nobody who is barred is granted anything, and barring takes nothing from anybody', () =>
    always(({ before, command, added }) => {
      for (const { granted } of told(added)) expect(barredIn(before)).not.toContain(granted.data.principalId);
      if (command.type === 'BarPrincipal') expect(added.filter(({ type }) => type !== 'PrincipalBarred')).toEqual([]);
    }));

  it('whoever is barred has nothing left, now or later, once it was ended', () =>
    always(({ command, rejected, after: moment }) => {
      if (command.type !== 'EndHoldings' || rejected) return;
      const { principalId } = command.data;
      expect(schedulesOf(moment.state, principalId).filter(({ end }) => end === null || end > moment.now)).toEqual([]);
      expect(toldHolder(moment.events, principalId, moment.now)).toBe(false);
    }));

  it('in a protected role nothing ends because of an account unless it was barred', () =>
    always(({ before, command, added }) => {
      if (command.type === 'EndHoldings' && added.length > 0)
        expect(barredIn(before)).toContain(command.data.principalId);
    }, fc.constant(true)));

  it('a principal has at most one eligibility, one standing assignment and one activation at a time', () =>
    always(({ after: moment }) => {
      const kinds = people
        .flatMap((who) => schedulesOf(moment.state, who))
        .filter(({ end }) => end === null || end > moment.now)
        .map((one) => `${one.principalId} ${one.kind === 'eligibility' ? one.kind : one.assignmentType}`);
      expect(kinds).toEqual([...new Set(kinds)]);
    }));

  it('whatever is granted lasts five minutes or more and does not start in the past', () =>
    always(({ added, after: { now } }) => {
      for (const { granted } of told(added)) {
        const { start, end } = granted.data;
        // What goes on under other times keeps its start.
        if (!('replaces' in granted.data)) expect(start >= now).toBe(true);
        if (end !== null) expect(Date.parse(end) - Date.parse(start)).toBeGreaterThanOrEqual(5 * 60_000);
      }
    }));

  it('nothing that began less than five minutes ago is removed or given back by its own order', () =>
    always(({ before, added, after: { now } }) => {
      for (const event of added.filter(isEndedByOrder)) {
        expect(mayEnd(toldWindow(before.events, scheduleIdOf(event))?.start ?? now, now)).toBe(true);
      }
    }));

  it('time alone gives nobody the role, but for a start agreed beforehand', () =>
    always(({ before, after: moment }) => {
      const later = after(moment.now, 45 * 60_000);
      for (const who of holders(moment, later).filter((one) => !holders(moment, moment.now).includes(one))) {
        const starts = assignmentsOf(moment).filter(({ granted: { data } }) => data.principalId === who);
        expect(starts.some(({ granted: { data } }) => data.start > before.now && data.start <= later)).toBe(true);
      }
    }));
});

describe('every schedule', () => {
  const isTold = (granted: Told['granted'], events: readonly RoleScheduleEvent[]): boolean =>
    told(events).some((one) => one.granted.data.scheduleId === granted.data.scheduleId);

  const overdue = ({ state }: Moment, now: string, ids: readonly string[]): RoleScheduleEvent[] => {
    const added: RoleScheduleEvent[] = [];
    for (const scheduleId of [...ids, ...ids])
      added.push(
        ...roleSchedule.decide(
          { type: 'ExpireSchedule', data: { scheduleId, now } },
          added.reduce(roleSchedule.evolve, state),
        ),
      );
    return added;
  };

  it('with an end is ended on record exactly once, however often its expiry is asked for', () =>
    atTheEnd((last) => {
      const ids = told(last.events).map(({ granted }) => granted.data.scheduleId);
      const events = [...last.events, ...overdue(last, '9000-01-01T00:00:00.000Z', ids)];
      for (const { granted, endings } of told(events))
        if (granted.data.end !== null) expect(endings).toHaveLength(1);
        else expect(endings.length).toBeLessThanOrEqual(1);
    }));

  it('expires at its agreed end and not before, and no end on record is ever undone', () =>
    always(({ added, before }) => {
      for (const event of added.filter(({ type }) => type === 'AssignmentExpired' || type === 'EligibilityExpired')) {
        expect(event.data.at).toBe(toldWindow(before.events, scheduleIdOf(event))?.end);
        expect(event.data.at <= before.now).toBe(true);
      }
      for (const { granted, endings } of told([...before.events, ...added])) {
        expect(endings.length).toBeLessThanOrEqual(1);
        expect(told(added).filter((one) => one.granted.data.scheduleId === granted.data.scheduleId).length).toBe(
          isTold(granted, before.events) ? 0 : 1,
        );
      }
    }));

  it('is ended on record by an event that says by itself what it ends', () =>
    atTheEnd(({ events }) => {
      for (const { granted, endings } of told(events))
        for (const { data } of endings) if (!('replaces' in data)) expect(granted.data).toMatchObject(saidOf(data));
    }));

  it('starts on record at most once, at its agreed start', () =>
    atTheEnd(({ events }) => {
      for (const { granted } of told(events)) {
        const starts = events.filter(
          (event) =>
            (event.type === 'AssignmentStarted' || event.type === 'EligibilityStarted') &&
            event.data.scheduleId === granted.data.scheduleId,
        );
        expect(starts.length).toBeLessThanOrEqual(granted.data.start > granted.data.at ? 1 : 0);
        for (const start of starts) expect(start.data.at).toBe(granted.data.start);
      }
    }));
});

describe('deciding and folding', () => {
  it('says the same twice, and nothing when what it said is on record', () =>
    always(({ before, command, added, rejected, after: moment }) => {
      expect(answer(command, before.state)).toEqual({ added, rejected });
      expect(answer(command, moment.state)).toEqual({ added: [], rejected });
    }));

  it('leaves the state it was given untouched, and gives the same state from any snapshot', () =>
    fc.assert(
      fc.property(steps, fc.boolean(), fc.nat(60), (asked, guarded, cut) => {
        const last = playAll(asked, guarded).at(-1);
        const events = last?.after.events ?? [];
        const snapshot = fold(roleSchedule, events.slice(0, cut));
        const kept = JSON.stringify(snapshot);
        expect(events.slice(cut).reduce(roleSchedule.evolve, snapshot)).toEqual(last?.after.state);
        expect(fold(roleSchedule, events)).toEqual(last?.after.state);
        expect(JSON.stringify(snapshot)).toBe(kept);
      }),
      { numRuns: 200 },
    ));

  it('takes any events in any order, also ones that never happened like that', () =>
    fc.assert(
      fc.property(
        steps.chain((asked) => fc.shuffledSubarray([...(playAll(asked, false).at(-1)?.after.events ?? [])])),
        (jumbled) => expect(() => fold(roleSchedule, jumbled)).not.toThrow(),
      ),
      { numRuns: 200 },
    ));

  it('leaves nothing behind in any index once everything has ended', () =>
    atTheEnd(({ events, state }) => {
      const open = told(events).filter(({ endings }) => endings.length === 0);
      expect(state.assignments.size + state.eligibilities.size).toBe(open.length);
      expect(state.byPrincipal.size).toBe(new Set(open.map(({ granted }) => granted.data.principalId)).size);
      expect(state.keepers.size).toBe(
        open.filter(
          (one) =>
            one.granted.type === 'AssignmentGranted' &&
            !isActivation(one) &&
            one.granted.data.end === null &&
            one.granted.data.principalType === 'user',
        ).length,
      );
      expect(state.madeFrom.size).toBe(
        new Set(
          open.filter(isActivation).map(({ granted }) => 'eligibilityId' in granted.data && granted.data.eligibilityId),
        ).size,
      );
      expect(state.ofGroups.size).toBe(open.filter(({ granted }) => granted.data.principalType === 'group').length);
    }));
});

it('the random histories reach what they are to test', () => {
  const histories = fc.sample(steps, { numRuns: 900, seed: 1 });
  const events = histories.flatMap((asked, n) => playAll(asked, n % 2 === 0).at(-1)?.after.events ?? []);
  const seen = (...parts: string[]) =>
    events.filter((event) => parts.every((part) => JSON.stringify(event).includes(`"${part}"`))).length;
  const counts = {
    extended: seen('EligibilityRescheduled', 'extended'),
    updated: seen('AssignmentRescheduled', 'updated'),
    shortened: seen('AssignmentShortened'),
    activated: seen('AssignmentGranted', 'Activated', 'Direct'),
    activatedThroughGroup: seen('AssignmentGranted', 'Activated', 'Group'),
    deactivated: seen('AssignmentDeactivated'),
    expired: seen('AssignmentExpired'),
    started: seen('AssignmentStarted'),
    canceled: seen('canceled'),
    endedWithEligibility: seen('AssignmentRemoved', 'eligibility-ended'),
    lastAdministratorKept: seen('ScheduleChangeRefused', 'adminRemove', 'InvalidRoleAssignmentRequest'),
    administratorReplaced: seen('AssignmentRemoved', 'first'),
    barred: seen('PrincipalBarred'),
    endedAfterBar: seen('AssignmentRemoved', 'principal-disabled'),
    lifted: seen('PrincipalBarLifted'),
  };
  expect(Object.entries(counts).filter(([, count]) => count < 5)).toEqual([]);
});
