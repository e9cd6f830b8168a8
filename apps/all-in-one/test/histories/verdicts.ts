import { desk, isInUnit, places, roleOf, type Action, type Asked, type Given, type Times } from './action';
import { floorOf, type About, type Hold, type Model, type Waiting } from './model';

/** `InvalidRoleAssignmentRequest` and its like, or `ok`. */
export type Verdict = string;

const minute = 60_000;
const day = 24 * 60 * minute;
const floor = 5 * minute;

const ok = 'ok';
const invalid = 'InvalidRoleAssignmentRequest';
const invalidTimes = 'InvalidRoleAssignmentRequestSchedule';
const noScope = 'InvalidScope';
const exists = 'RoleAssignmentExists';
const none = 'RoleAssignmentDoesNotExist';
const pending = 'PendingRoleAssignmentRequest';
const rules = 'RoleAssignmentRequestPolicyValidationFailed';
const tooShort = 'ActiveDurationTooShort';
const bad = 'Request_BadRequest';
const notThere = 'Request_ResourceNotFound';

type Timed = About & { readonly lasts?: number | null };

/** Says beforehand how each action is answered. */
export class Verdicts {
  constructor(private readonly model: Model) {}

  readonly of: { readonly [D in Action['do']]: (asked: Asked<D>) => Verdict } = {
    adminAssign: (asked) =>
      this.blocked(asked) ?? (this.model.held(asked.kind, asked) ? exists : this.apart(asked, this.timesOf(asked))),
    adminUpdate: (asked) => this.blocked(asked) ?? this.change(asked, (found) => this.updates(found, asked)),
    adminExtend: (asked) => this.blocked(asked) ?? this.change(asked, (found) => this.extends(found, spanOf(asked))),
    adminRenew: (asked) => this.blocked(asked) ?? this.renews(asked.kind, asked, spanOf(asked)),
    adminRemove: (asked) =>
      this.unknown(asked) ??
      this.change(asked, (found) => (this.model.isNeeded([found]) ? invalid : this.fresh(found))),
    selfActivate: (asked) => this.unknown(asked) ?? (asked.lasts === 0 ? invalidTimes : this.activates(asked)),
    selfDeactivate: (asked) => {
      const found = this.model.held('activation', asked);
      return this.unknown(asked) ?? (found ? this.fresh(found) : none);
    },
    selfExtend: (asked) => {
      if (this.blocked(asked)) return String(this.blocked(asked));
      if (!this.model.held('eligibility', asked)) return none;
      return this.model.waits(asked, 'administrator') ? pending : this.extendable(asked, spanOf(asked));
    },
    selfRenew: (asked) => {
      if (this.blocked(asked)) return String(this.blocked(asked));
      if (this.model.held('eligibility', asked)) return exists;
      return this.model.waits(asked, 'administrator') ? pending : this.renewable(asked, spanOf(asked));
    },
    assign: (asked) => {
      if (asked.place === desk && !this.model.desk) return notThere;
      if (isInUnit(asked.place) && !this.model.unit) return bad;
      if (this.model.deleted.has(asked.who)) return notThere;
      if (this.model.off.has(asked.who) || this.model.held('standing', asked)) return bad;
      return this.apart(asked, { start: this.model.now, end: Infinity });
    },
    unassign: ({ pick }) => {
      const found = assignmentAt(this.model, pick);
      if (!found) return ok;
      if (found.start > this.model.now) return 'ResourceNotFound';
      return this.model.isNeeded([found]) ? bad : ok;
    },
    dismiss: (asked) => {
      const found = heldNow(this.model, asked);
      if (found.length === 0) return notThere;
      return this.model.isNeeded(found) ? bad : ok;
    },
    decide: ({ pick, yes }) => {
      const one = this.model.picked(pick, 'administrator');
      return one && yes ? this.agrees(one) : ok;
    },
    approve: ({ by, pick }) => (this.model.picked(pick, 'approver')?.who === by ? 'Authorization_RequestDenied' : ok),
    narrow: ({ by, pick }) => {
      const one = this.model.picked(pick, 'approver');
      if (one?.who === by) return 'Authorization_RequestDenied';
      return one && !narrower(this.model, one) ? invalid : ok;
    },
    vet: () => ok,
    cancel: () => ok,
    switch: ({ who, on }) => this.there(who) ?? (!on && this.isNeeded(who) ? invalid : ok),
    join: ({ who }) => this.there(who) ?? (this.model.members.has(who) ? bad : this.joins(who)),
    leave: ({ who }) => (this.model.members.has(who) ? ok : notThere),
    delete: ({ who }) => this.there(who) ?? (this.isNeeded(who) ? invalid : ok),
    limit: () => ok,
    keep: ({ place, holders }) => {
      if (holders < floorOf(place)) return 'InvalidPolicy';
      const isNew = holders !== this.model.mustKeep(place);
      return isNew && holders > this.model.keepers(place).length ? 'InvalidPolicy' : ok;
    },
    unit: () => ok,
    // Not while anybody has it, or may have it.
    desk: ({ there }) => (!there && this.model.holds.some(({ place }) => place === desk) ? bad : ok),
    // Not while anybody has both.
    separate: ({ pair, there }) => (there && this.model.isViolated(pair) ? '409' : ok),
    wait: () => ok,
  };

  /** An administrator agrees only to what can still be done. */
  agrees(one: Waiting): Verdict {
    if (one.place === null) return '400';
    const about = { who: one.who, place: one.place };
    const verdict = one.what === 'selfRenew' ? this.renewable(about, one.lasts) : this.extendable(about, one.lasts);
    return (this.blocked(about) ?? verdict) === ok ? ok : '400';
  }

  /** What an activation from an eligibility at one place would be at another, or at the same, or the reason why there is none. */
  activation(
    asked: About,
    { start, lasts }: Pick<Waiting, 'start' | 'lasts'>,
    to: Hold['place'],
  ): Pick<Hold, 'start' | 'end' | 'from'> | Verdict {
    const from = this.model.eligibility(asked, start);
    if (!from) return none;
    if (this.inTheWay(asked) || this.inTheWay({ who: asked.who, place: to })) return exists;
    const end = Math.min(start + lasts, from.end);
    if (end - start < floor) return tooShort;
    return this.model.meets(asked.who, roleOf(asked.place), { start, end }) ? rules : { start, end, from: from.id };
  }

  private isNeeded(who: string): boolean {
    return this.model.isNeeded(this.model.holds.filter((one) => one.who === who));
  }

  private unknown({ who, place }: About): Verdict | null {
    if (place === desk && !this.model.desk) return 'RoleNotFound';
    if (this.model.deleted.has(who)) return 'SubjectNotFound';
    return isInUnit(place) && !this.model.unit ? noScope : null;
  }

  private blocked(asked: Timed): Verdict | null {
    const unknown = this.unknown(asked);
    if (unknown) return unknown;
    if (asked.lasts === 0) return invalidTimes;
    return this.model.off.has(asked.who) ? invalid : null;
  }

  private there(who: string): Verdict | null {
    return this.model.deleted.has(who) ? notThere : null;
  }

  private fresh({ start }: Hold): Verdict {
    return start <= this.model.now && this.model.now - start < floor ? tooShort : ok;
  }

  private change(asked: About & { readonly kind: Given }, verdict: (found: Hold) => Verdict): Verdict {
    const found = this.model.held(asked.kind, asked);
    return found ? verdict(found) : none;
  }

  private updates(found: Hold, { lasts }: { readonly lasts: number | null }): Verdict {
    if (lasts !== null && this.model.isNeeded([found])) return invalid;
    const start = Math.min(found.start, this.model.now);
    return this.apart(found, { start, end: this.model.now + spanOf({ lasts }) });
  }

  private extends(found: Hold, span: number): Verdict {
    if (found.end === Infinity) return invalid;
    const end = this.model.now + span;
    return end <= found.end ? invalidTimes : this.apart(found, { start: found.start, end });
  }

  /** By its holder: from 14 days before the end. */
  private extendable(asked: About, span: number): Verdict {
    const found = this.model.held('eligibility', asked);
    if (!found) return none;
    return found.end !== Infinity && found.end - this.model.now > 14 * day ? invalid : this.extends(found, span);
  }

  /** By its holder: until 30 days after the end. */
  private renewable(asked: About, span: number): Verdict {
    if (this.model.held('eligibility', asked)) return exists;
    const ended = this.model.endedAt('eligibility', asked);
    if (ended === undefined) return none;
    return this.model.now - ended > 30 * day ? invalid : this.again(asked, span);
  }

  private renews(kind: Given, asked: About, span: number): Verdict {
    if (this.model.held(kind, asked)) return exists;
    return this.model.endedAt(kind, asked) === undefined ? none : this.again(asked, span);
  }

  private again(asked: About, span: number): Verdict {
    return this.apart(asked, { start: this.model.now, end: this.model.now + span });
  }

  private timesOf({ starts, lasts }: Times): Pick<Hold, 'start' | 'end'> {
    const start = this.model.now + starts * minute;
    return { start, end: start + spanOf({ lasts }) };
  }

  /** Nobody has two roles that must be apart. */
  private apart({ who, place }: About, times: Pick<Hold, 'start' | 'end'>): Verdict {
    return this.model.meets(who, roleOf(place), times) ? rules : ok;
  }

  /** Who comes into the group has what it has. */
  private joins(who: string): Verdict {
    const gets = this.model.holds.filter((one) => one.who === 'helpdesk');
    return gets.some((one) => this.model.meets(who, roleOf(one.place), one)) ? rules : ok;
  }

  private inTheWay(asked: About): boolean {
    const standing = this.model.held('standing', asked);
    return Boolean(
      this.model.held('activation', asked) ?? (standing && standing.start <= this.model.now ? standing : undefined),
    );
  }

  private activates(asked: Asked<'selfActivate'>): Verdict {
    const length = (asked.lasts ?? 0) * minute;
    const times = { start: this.model.now + asked.starts * minute, lasts: length };
    const activation = this.activation(asked, times, asked.place);
    if (activation === none) return this.model.isEligibleElsewhere(asked) ? noScope : none;
    if (activation === exists) return exists;
    if (this.model.waits(asked, 'approver')) return pending;
    if (this.breaksRules(asked, length)) return rules;
    return typeof activation === 'string' ? activation : ok;
  }

  private breaksRules({ place, mfa }: Asked<'selfActivate'>, length: number): boolean {
    return !mfa || length > (this.model.longest.get(roleOf(place)) ?? 480) * minute;
  }
}

/** Where a request is given when its approver agrees for the unit alone; null: there is no such place. */
export const narrower = ({ unit }: Model, { place }: Waiting): Hold['place'] | null => {
  if (unit === null || place === null) return null;
  return isInUnit(place) ? place : (places.find((one) => one === `${place}@unit`) ?? null);
};

/** The assignment at a place, round and round; undefined when there is none. */
export const assignmentAt = ({ assignments }: Model, pick: number): Hold | undefined =>
  assignments[pick % Math.max(assignments.length, 1)];

/** All that somebody holds of a role now, standing or activated. */
export const heldNow = ({ assignments, now }: Model, { who, place }: About): readonly Hold[] =>
  assignments.filter((one) => one.who === who && one.place === place && one.start <= now);

const spanOf = ({ lasts }: { readonly lasts: number | null }): number => (lasts === null ? Infinity : lasts * minute);
