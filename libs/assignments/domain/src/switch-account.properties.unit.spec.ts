import * as fc from 'fast-check';
import { isEnabled } from './principal';
import { liveSchedulesOf } from './role-schedule-answers';
import { inEffect } from './schedule';
import { places, protectedPlaces, users, type Logged, type Place, type World } from './spec/switch-account-run';
import { moves, Tenant, type Move } from './spec/switch-account-tenant';

const numRuns = 300;

/** Plays every move, then lets everybody finish; looks at the log after every step. */
const play = (asked: readonly Move[], check: (world: World) => void): World => {
  const tenant = new Tenant();
  const look = () => check(tenant.world);
  for (const move of asked) {
    tenant.play(move);
    look();
  }
  tenant.finish(look);
  return tenant.world;
};

const always = (check: (world: World) => void) =>
  fc.assert(
    fc.property(moves, (asked) => void play(asked, check)),
    { numRuns },
  );

const inTheEnd = (check: (world: World) => void) =>
  fc.assert(
    fc.property(moves, (asked) => check(play(asked, () => undefined))),
    { numRuns: 6 * numRuns },
  );

const isAbout = ({ type, data }: Logged, what: Logged['type'], user: string): boolean =>
  type === what && 'principalId' in data && data.principalId === user;

const isUsable = (world: World, principalId: string): boolean =>
  users.some((user) => user === principalId && isEnabled(world.account(user).state));

const keepersIn = (world: World, place: Place) =>
  [...world.guard(place).state.keepers.values()].filter((keeper) => inEffect(keeper, world.now));

describe('however switching off and on, grants, removals, crashes and redeliveries interleave', () => {
  it('each protected role has somebody who holds it for good, whose account is not off and not on its way off', () =>
    always((world) => {
      for (const place of protectedPlaces) {
        const { barred } = world.guard(place).state;
        const usable = keepersIn(world, place).filter(
          ({ principalId }) => !barred.has(principalId) && isUsable(world, principalId),
        );
        expect(usable).not.toEqual([]);
      }
    }));

  it('nobody is off without being barred from every protected role', () =>
    always((world) => {
      for (const user of users)
        if (!isEnabled(world.account(user).state))
          expect([user, protectedPlaces.map((place) => world.guard(place).state.barred.has(user))]).toEqual([
            user,
            [true, true],
          ]);
    }));

  it('every account ends up off with nothing, or on and barred from nothing', () =>
    inTheEnd((world) => {
      for (const user of users) {
        const { state } = world.account(user);
        const status = state.status === 'known' ? state.account.status : null;
        const has = places.flatMap((place) => liveSchedulesOf(world.guard(place).state, user, world.now));
        const barred = protectedPlaces.filter((place) => world.guard(place).state.barred.has(user));
        if (status === 'off') expect([user, has, barred]).toEqual([user, [], [...protectedPlaces]]);
        else expect([user, status, barred]).toEqual([user, 'on', []]);
      }
    }));

  it('what somebody held when they were switched off does not come back', () =>
    always((world) => {
      for (const user of users) {
        const lastOff = world.log.findLastIndex((event) => isAbout(event, 'PrincipalDisabled', user));
        if (!isEnabled(world.account(user).state) || lastOff < 0) continue;
        const before = new Set(
          world.log.slice(0, lastOff).flatMap(({ data }) => ('scheduleId' in data ? data.scheduleId : [])),
        );
        const has = places.flatMap((place) => liveSchedulesOf(world.guard(place).state, user, world.now));
        expect(has.filter(({ scheduleId }) => before.has(scheduleId))).toEqual([]);
      }
    }));

  it('nothing that was granted after an account came on again ends because it was off before', () =>
    inTheEnd(({ log }) => {
      for (const [n, { type, data }] of log.entries())
        if (type === 'AssignmentRemoved' && data.reason === 'principal-disabled') {
          const granted = log.findIndex(
            (event) => event.type === 'AssignmentGranted' && event.data.scheduleId === data.scheduleId,
          );
          const cameOn = log
            .slice(0, granted)
            .findLastIndex((event) => isAbout(event, 'PrincipalEnabled', data.principalId));
          expect(log.slice(cameOn + 1, n).some((event) => isAbout(event, 'PrincipalDisabled', data.principalId))).toBe(
            true,
          );
        }
    }));
});

it('the random histories reach what they are to test', () => {
  const counts = { disabled: 0, refused: 0, enabled: 0, removed: 0, ended: 0, lifted: 0 };
  for (const asked of fc.sample(moves, { numRuns: 300, seed: 1 })) {
    const { log } = play(asked, () => undefined);
    const count = (type: string, part = '') =>
      log.filter((event) => event.type === type && JSON.stringify(event).includes(part)).length;
    counts.disabled += count('PrincipalDisabled');
    counts.refused += count('PrincipalDisableRefused');
    counts.enabled += count('PrincipalEnabled');
    counts.removed += count('AssignmentRemoved', 'admin-removed');
    counts.ended += count('AssignmentRemoved', 'principal-disabled');
    counts.lifted += count('PrincipalBarLifted');
  }
  expect(Object.entries(counts).filter(([, count]) => count < 20)).toEqual([]);
});
