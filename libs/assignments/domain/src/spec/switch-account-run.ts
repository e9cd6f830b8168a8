import type { Actor, PrincipalEvent, RoleScheduleEvent } from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import { isEnabled, type PrincipalState } from '../principal';
import { principal, type PrincipalCommand } from '../principal.decide';
import type { RoleScheduleState } from '../role-schedule';
import { liveSchedulesOf } from '../role-schedule-answers';
import { roleSchedule, type RoleScheduleCommand } from '../role-schedule.decide';
import { nextSwitchStep, type Switching } from '../switch-account';
import { assigned, at, carryOut, order } from './role-schedule';

const reason = 'principal-disabled' as const;

/** Users whose accounts are switched; each of the first two holds one protected role for good at the beginning. */
export const users = ['ada', 'paul', 'erin'] as const;
export type User = (typeof users)[number];
/** The roles that are protected, and one that is not. */
export const protectedPlaces = ['global', 'privileged'] as const;
export const places = [...protectedPlaces, 'reader'] as const;
export type Place = (typeof places)[number];

const by: Actor = { id: 'operator', kind: 'system' };
const isProtected = (place: Place): boolean => place !== 'reader';
const roleOf = (place: Place) => ({ roleDefinitionId: place, directoryScopeId: '/' });

/** Work that can be interrupted wherever it yields: between reading and writing, and between two writes. */
export type Job = Generator<void, void, void>;

/** A stream: its state, kept as the journal keeps it, and how many events it has. */
interface Stream<S> {
  readonly state: S;
  readonly revision: number;
}

/** An event of any stream, in the order of the log. */
export type Logged = PrincipalEvent | RoleScheduleEvent;

/** The roles' streams and the accounts' own streams, and a journal over them. */
export class World {
  readonly log: Logged[] = [];
  private readonly guards = new Map<Place, Stream<RoleScheduleState>>();
  private readonly accounts = new Map<User, Stream<PrincipalState>>();
  /** Command ids on record, by stream: the journal is silent for them. */
  private readonly recorded = new Set<string>();
  private minutes = 0;

  constructor() {
    for (const [n, place] of protectedPlaces.entries())
      this.addToGuard(place, [assigned(`first-${place}`, { ...roleOf(place), principalId: users[n] ?? 'ada' })]);
    for (const user of users) this.addToAccount(user, [registered(user)]);
  }

  get now(): string {
    return at(this.minutes);
  }

  /** Everything is at least five minutes old after it. */
  pass(): void {
    this.minutes += 6;
  }

  account(user: User): Stream<PrincipalState> {
    return this.accounts.get(user) ?? { state: principal.initial, revision: 0 };
  }

  guard(place: Place): Stream<RoleScheduleState> {
    return this.guards.get(place) ?? { state: roleSchedule.initial, revision: 0 };
  }

  tellAccount(user: User, command: PrincipalCommand, commandId: string): void {
    this.once(`${user} ${commandId}`, () =>
      this.addToAccount(user, principal.decide(command, this.account(user).state)),
    );
  }

  tellGuard(place: Place, command: RoleScheduleCommand, commandId: string): void {
    this.once(`${place} ${commandId}`, () =>
      this.addToGuard(place, roleSchedule.decide(command, this.guard(place).state)),
    );
  }

  private once(key: string, append: () => number): void {
    if (!this.recorded.has(key) && append() > 0) this.recorded.add(key);
  }

  private addToAccount(user: User, events: readonly PrincipalEvent[]): number {
    const { state, revision } = this.account(user);
    this.accounts.set(user, {
      state: events.reduce(principal.evolve, state),
      revision: revision + events.length,
    });
    return this.log.push(...events) && events.length;
  }

  private addToGuard(place: Place, events: readonly RoleScheduleEvent[]): number {
    const { state, revision } = this.guard(place);
    this.guards.set(place, {
      state: events.reduce(roleSchedule.evolve, state),
      revision: revision + events.length,
    });
    return this.log.push(...events) && events.length;
  }
}

const registered = (user: User): PrincipalEvent => ({
  type: 'PrincipalRegistered',
  data: {
    principalId: user,
    principalType: 'user',
    displayName: user,
    userPrincipalName: null,
    mail: null,
    appId: null,
    appRoles: [],
    isAssignableToRole: false,
    accountEnabled: true,
    at: at(0),
  },
});

/** What `act` did; the refusal when it was rejected. */
const refusalOf = (act: () => void): Switching['refusal'] => {
  try {
    act();
    return null;
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    return { code: error.code, message: error.message };
  }
};

/** One delivery of an event of the account: the steps of `nextSwitchStep`, then the endings. */
export function* settle(world: World, user: User, commandId: string): Job {
  let refusal: Switching['refusal'] = null;
  for (;;) {
    const own = world.account(user);
    yield;
    const guards = protectedPlaces.map((place) => ({
      role: roleOf(place),
      isProtected: true,
      place,
      ...world.guard(place),
    }));
    const step = nextSwitchStep({ principalId: user, principal: own.state, guards, refusal, by, now: world.now });
    if (!step) break;
    yield;
    if (step.at === 'principal') {
      world.tellAccount(user, step.command, `${commandId}:${own.revision}`);
      refusal = null;
      continue;
    }
    for (const { role, place, revision } of guards)
      if (role === step.role)
        refusal = refusalOf(() => world.tellGuard(place, step.command, `${commandId}:${revision}`)) ?? refusal;
  }
  yield* end(world, user, commandId);
}

/** What an account that is off holds ends, in one role after the other. */
export function* end(world: World, user: User, commandId: string): Job {
  if (isEnabled(world.account(user).state)) return;
  for (const place of places) {
    const { state, revision } = world.guard(place);
    const scheduleIds = liveSchedulesOf(state, user, world.now).map(({ scheduleId }) => scheduleId);
    yield;
    if (scheduleIds.length === 0 || isEnabled(world.account(user).state)) continue;
    yield;
    const data = { principalId: user, scheduleIds, isProtected: isProtected(place), reason, by, now: world.now };
    refusalOf(() => world.tellGuard(place, { type: 'EndHoldings', data }, `${commandId}:end:${revision}`));
  }
}

/** A call that wants an account off. */
export function* askOff(world: World, user: User, id: string): Job {
  world.tellAccount(user, { type: 'RequestDisable', data: { principalId: user, by, now: world.now } }, id);
  yield;
  yield* end(world, user, id);
}

/** A call that wants an account on. */
export function* askOn(world: World, user: User, id: string): Job {
  const { state } = world.account(user);
  yield;
  yield* end(world, user, id);
  yield;
  const timesOff = state.status === 'known' ? state.timesOff : 0;
  const data = { principalId: user, timesOff, by, now: world.now };
  refusalOf(() => world.tellAccount(user, { type: 'EnablePrincipal', data }, id));
}

/** What an administrator wants of whom, where. */
export interface Wish {
  readonly action: 'adminAssign' | 'adminRemove';
  readonly user: User;
  readonly place: Place;
}

/** An order, its facts looked at some time before it is carried out; what it gave to an account that is off is taken back. */
export function* obey(world: World, { action, user, place }: Wish, id: string): Job {
  const asked = order(action, id, { ...roleOf(place), principalId: user });
  const looked = { now: world.now, principalEnabled: isEnabled(world.account(user).state) };
  yield;
  world.tellGuard(place, carryOut(asked, { ...looked, isProtected: isProtected(place) }), id);
  yield;
  if (isEnabled(world.account(user).state)) return;
  const data = { principalId: user, scheduleIds: [id], isProtected: isProtected(place), reason, by, now: world.now };
  refusalOf(() => world.tellGuard(place, { type: 'EndHoldings', data }, `${id}:end`));
}
