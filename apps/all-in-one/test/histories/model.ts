import {
  holders,
  places,
  roleOf,
  type AnyRole,
  type Given,
  type Holder,
  type Pair,
  type Person,
  type Place,
} from './action';

/** Something somebody has, from `start` until just before `end`; milliseconds, `Infinity` for good. */
export interface Hold {
  readonly id: string;
  readonly kind: Given | 'activation';
  readonly who: Holder;
  readonly place: Place;
  readonly start: number;
  readonly end: number;
  /** The eligibility an activation was made from. */
  readonly from: string | null;
  /** Given outside PIM: it is answered without dates. */
  readonly isOutside: boolean;
}

/** A request that waits for an approver (`selfActivate`) or for an administrator. */
export interface Waiting {
  readonly id: string;
  readonly what: 'selfActivate' | 'selfExtend' | 'selfRenew';
  readonly who: Person;
  /** null: in a unit that is gone. */
  readonly place: Place | null;
  /** When it wants to start, or 0 for at once. */
  readonly start: number;
  /** How long it wants, `Infinity` for good. */
  readonly lasts: number;
  readonly deadline: number;
}

type Ended = Pick<Hold, 'kind' | 'who' | 'place' | 'end'>;

type Times = Pick<Hold, 'start' | 'end'>;

/** Both are running or to come. */
const overlap = (one: Times, other: Times): boolean => Math.max(one.start, other.start) < Math.min(one.end, other.end);

export type About = Pick<Hold, 'who' | 'place'>;

const keyOf = (kind: Hold['kind'], { who, place }: About): string => `${kind} ${who} ${place}`;

/**
 * What a whole tenant of directory roles does, as simply as it can be said: no events, no streams, no read models, no
 * deadlines; a list of what people hold, and time.
 */
export class Model {
  holds: readonly Hold[] = [];
  waiting: readonly Waiting[] = [];
  readonly off = new Set<string>();
  readonly deleted = new Set<string>();
  /** Minutes of an activation, where the settings were changed. */
  readonly longest = new Map<AnyRole, number>();
  /** How many permanent holders a role keeps, where the settings were changed. */
  readonly minimum = new Map<AnyRole, number>();
  /** Ids of the pairs of roles that nobody may have together. */
  readonly apart = new Map<Pair, string>();
  /** The administrative unit; null while there is none. */
  unit: string | null = null;
  /** The tenant's own role; null while there is none. */
  desk: string | null = null;
  /** What time has ended and nothing has followed, by kind, holder and place. */
  private readonly expired = new Map<string, Ended>();

  constructor(
    public now: number,
    readonly members: Set<string>,
  ) {}

  /** What time has ended and nothing has followed. */
  get ended(): readonly Ended[] {
    return [...this.expired.values()];
  }

  /** Without what the demo tenant's other people hold. */
  get ours(): readonly Hold[] {
    return this.holds.filter(({ who, place }) => holders.includes(who) && places.includes(place));
  }

  /** Standing or activated, running or to come. */
  get assignments(): readonly Hold[] {
    return this.ours.filter(({ kind }) => kind !== 'eligibility');
  }

  /** The live one of this kind: running or still to come. */
  held(kind: Hold['kind'], { who, place }: { readonly who: string; readonly place: Place | null }): Hold | undefined {
    return this.holds.find((one) => one.kind === kind && one.who === who && one.place === place);
  }

  /** The request at a place, round and round; undefined when nobody waits. */
  picked(pick: number, wanted: 'approver' | 'administrator' | 'any'): Waiting | undefined {
    const all = this.waiting.filter(({ what }) => wanted === 'any' || forOf(what) === wanted);
    return all[pick % Math.max(all.length, 1)];
  }

  /** Whether somebody waits already for the same from the same. */
  waits({ who, place }: About, wanted: 'approver' | 'administrator'): boolean {
    return this.waiting.some((one) => one.who === who && one.place === place && forOf(one.what) === wanted);
  }

  /** An eligibility that is in effect, the one that lasts longest; one's own before one's group's. */
  eligibility({ who, place }: About, at: number): Hold | undefined {
    const mine = this.members.has(who) ? [who, 'helpdesk'] : [who];
    return this.holds
      .filter((one) => one.kind === 'eligibility' && one.place === place && mine.includes(one.who))
      .filter(({ start, end }) => start <= at && at < end)
      .sort((a, b) => mine.indexOf(a.who) - mine.indexOf(b.who))
      .reduce<Hold | undefined>((best, next) => (best && best.end >= next.end ? best : next), undefined);
  }

  /** Whether the role is within reach, but elsewhere. */
  isEligibleElsewhere({ who, place }: About): boolean {
    const elsewhere = places.filter((one) => one !== place && roleOf(one) === roleOf(place));
    return elsewhere.some((one) => this.eligibility({ who, place: one }, this.now));
  }

  /** When something of this kind ended by time, and nothing has followed. */
  endedAt(kind: Given, { who, place }: { readonly who: Holder; readonly place: Place | null }): number | undefined {
    return place === null ? undefined : this.expired.get(keyOf(kind, { who, place }))?.end;
  }

  /** Gives, and forgets what had expired. */
  give(hold: Hold): void {
    this.holds = [...this.holds, hold];
    if (hold.kind !== 'activation') this.expired.delete(keyOf(hold.kind, hold));
  }

  /** Takes away, with the activations that were made from it. */
  take(gone: (hold: Hold) => boolean): void {
    const ids = this.holds.filter(gone).map(({ id }) => id);
    this.holds = this.holds.filter((one) => !ids.includes(one.id) && !(one.from && ids.includes(one.from)));
    this.tidy();
  }

  /** Out of the group, and out of what was activated through it. */
  leave(who: string): void {
    this.members.delete(who);
    const ofGroup = this.holds.filter((one) => one.who === 'helpdesk').map(({ id }) => id);
    this.take((one) => one.who === who && one.from !== null && ofGroup.includes(one.from));
  }

  /** With what was held there, and what had been; requests about it stay, and lead nowhere. */
  vanish(isGone: (place: Place) => boolean): void {
    for (const [key, { place }] of this.expired) if (isGone(place)) this.expired.delete(key);
    this.take(({ place }) => isGone(place));
    this.waiting = this.waiting.map((one) => (one.place && isGone(one.place) ? { ...one, place: null } : one));
  }

  /** Other times under another id; activations go on with it as far as it goes. */
  reschedule(found: Hold, id: string, { start, end }: Pick<Hold, 'start' | 'end'>): void {
    const rests = (one: Hold): boolean => Math.max(one.start, this.now) >= start && Math.max(one.start, this.now) < end;
    this.holds = this.holds.flatMap((one) => {
      if (one.id === found.id) return [{ ...one, id, start, end, isOutside: false }];
      if (one.from !== found.id) return [one];
      return rests(one) ? [{ ...one, from: id, end: Math.min(one.end, end) }] : [];
    });
    this.tidy();
  }

  /** Time passes: what is over is over, and is remembered for whoever wants it back. */
  pass(now: number): void {
    this.now = now;
    for (const one of this.holds)
      if (one.end <= now && one.kind !== 'activation') this.expired.set(keyOf(one.kind, one), one);
    this.holds = this.holds.filter(({ end }) => now < end);
    this.waiting = this.waiting.filter(({ deadline }) => now < deadline);
    this.tidy();
  }

  /** What waits goes when what it would rest on goes. */
  private tidy(): void {
    this.waiting = this.waiting.filter(({ what, who, place }) => {
      if (what === 'selfRenew') return true;
      const mine = what === 'selfActivate' && this.members.has(who) ? [who, 'helpdesk'] : [who];
      return mine.some((one) => this.held('eligibility', { who: one, place }));
    });
  }

  /** Whoever counts for the rule about holders: a person, tenant-wide, for good, begun, and not switched off. */
  keepers(role: AnyRole): readonly Hold[] {
    return this.holds.filter(({ kind, who, place, start, end }) => {
      const counts = kind === 'standing' && start <= this.now && end === Infinity;
      return counts && place === role && who !== 'helpdesk' && !this.off.has(who);
    });
  }

  /** Permanent holders that the settings of a role demand. */
  mustKeep(role: AnyRole): number {
    return this.minimum.get(role) ?? floorOf(role);
  }

  /** What somebody has of a role or may activate, themself or by the group. */
  has(who: string, role: AnyRole): readonly Times[] {
    const mine = this.members.has(who) ? [who, 'helpdesk'] : [who];
    return this.holds.filter((one) => mine.includes(one.who) && roleOf(one.place) === role);
  }

  /** Whoever has what somebody is given: the members of the group, too. */
  private getters(who: string): readonly string[] {
    return who === 'helpdesk' ? [who, ...this.members] : [who];
  }

  /** Whether somebody would have, at the same time as this role, one that must be apart from it. */
  meets(who: string, role: AnyRole, times: Times): boolean {
    const others = [...this.apart.keys()].flatMap(([a, b]) => (a === role ? [b] : b === role ? [a] : []));
    return this.getters(who).some((one) =>
      others.some((other) => this.has(one, other).some((held) => overlap(held, times))),
    );
  }

  /** Whether somebody has both of a pair at the same time. */
  isViolated([a, b]: Pair): boolean {
    const all = [...this.holds.map(({ who }) => who), ...this.members];
    return all.some((who) => this.has(who, a).some((one) => this.has(who, b).some((other) => overlap(one, other))));
  }

  /** Whether too few would be left without these. */
  isNeeded(ending: readonly Hold[]): boolean {
    return ending.some(({ place }) => {
      const keepers = this.keepers(roleOf(place));
      const left = keepers.filter(({ id }) => !ending.some((one) => one.id === id));
      return left.length < keepers.length && left.length < this.mustKeep(roleOf(place));
    });
  }
}

/** The role that the tenant is never without. */
export const floorOf = (role: AnyRole): number => (role === 'privilegedRoleAdministrator' ? 1 : 0);

const forOf = (what: Waiting['what']): 'approver' | 'administrator' =>
  what === 'selfActivate' ? 'approver' : 'administrator';
