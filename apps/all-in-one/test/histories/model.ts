import { holders, roles, type Action, type Given, type Holder, type Person, type RoleName } from './action';

/** Something somebody has, from `start` until just before `end`; milliseconds, `Infinity` for good. */
export interface Hold {
  readonly id: string;
  readonly kind: Given | 'activation';
  readonly who: Holder;
  readonly role: RoleName;
  readonly start: number;
  readonly end: number;
  /** The eligibility an activation was made from. */
  readonly from: string | null;
}

/** A request that waits for an approver (`selfActivate`) or for an administrator. */
export interface Waiting {
  readonly id: string;
  readonly what: 'selfActivate' | 'selfExtend' | 'selfRenew';
  readonly who: Person;
  readonly role: RoleName;
  /** When it wants to start, or 0 for at once. */
  readonly start: number;
  /** How long it wants, `Infinity` for good. */
  readonly lasts: number;
  readonly deadline: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;
export const floor = 5 * minute;

/** `InvalidRoleAssignmentRequest` and its like, or `ok`. */
export type Verdict = string;

const ok = 'ok';
const invalid = 'InvalidRoleAssignmentRequest';
const invalidTimes = 'InvalidRoleAssignmentRequestSchedule';
const exists = 'RoleAssignmentExists';
const none = 'RoleAssignmentDoesNotExist';
const pending = 'PendingRoleAssignmentRequest';
const rules = 'RoleAssignmentRequestPolicyValidationFailed';
const tooShort = 'ActiveDurationTooShort';

export type Asked<D extends Action['do']> = Extract<Action, { do: D }>;
type About = Pick<Hold, 'who' | 'role'>;

/**
 * What a whole tenant of directory roles does, as simply as it can be said: no events, no streams, no read models, no
 * deadlines; a list of what people hold, and time. Says beforehand how a request is answered, and what is held after it.
 */
export class Model {
  holds: readonly Hold[] = [];
  waiting: readonly Waiting[] = [];
  readonly off = new Set<string>();
  readonly deleted = new Set<string>();
  readonly longest = new Map<RoleName, number>();
  /** What time has ended and nothing has followed, by kind, holder and role. */
  private readonly expired = new Map<string, number>();

  constructor(
    public now: number,
    readonly members: Set<string>,
  ) {}

  /** How each action is answered. */
  readonly verdicts: { readonly [D in Action['do']]: (asked: Asked<D>) => Verdict } = {
    adminAssign: (asked) => this.blocked(asked) ?? (this.held(asked.kind, asked) ? exists : ok),
    adminUpdate: (asked) => this.blocked(asked) ?? this.change(asked, (found) => this.updates(found, asked)),
    adminExtend: (asked) => this.blocked(asked) ?? this.change(asked, (found) => this.extends(found, spanOf(asked))),
    adminRenew: (asked) => this.blocked(asked) ?? this.renews(asked.kind, asked),
    adminRemove: (asked) =>
      this.blocked(asked, false) ?? this.change(asked, (found) => (this.isLast(found) ? invalid : this.fresh(found))),
    selfActivate: (asked) => this.activates(asked),
    selfDeactivate: (asked) => {
      const found = this.held('activation', asked);
      return found ? this.fresh(found) : none;
    },
    selfExtend: (asked) => {
      if (!this.held('eligibility', asked)) return none;
      return this.waits(asked, 'administrator') ? pending : this.extendable(asked, spanOf(asked));
    },
    selfRenew: (asked) => {
      if (this.held('eligibility', asked)) return exists;
      return this.waits(asked, 'administrator') ? pending : this.renewable(asked);
    },
    decide: ({ pick, yes }) => {
      const one = this.picked(pick, 'administrator');
      return one && yes ? this.agrees(one) : ok;
    },
    approve: ({ by, pick }) => (this.picked(pick, 'approver')?.who === by ? 'Authorization_RequestDenied' : ok),
    cancel: () => ok,
    switch: ({ who, on }) => this.there(who) ?? (!on && this.isLastOf(who) ? invalid : ok),
    join: ({ who }) => this.there(who) ?? (this.members.has(who) ? 'Request_BadRequest' : ok),
    leave: ({ who }) => (this.members.has(who) ? ok : 'Request_ResourceNotFound'),
    delete: ({ who }) => this.there(who) ?? (this.isLastOf(who) ? invalid : ok),
    limit: () => ok,
    wait: () => ok,
  };

  /** The action as it is meant: about somebody and a role that it fits, when it aims and there are any. */
  aimed(action: Action): Action {
    if (!('aim' in action) || typeof action.aim !== 'number') return action;
    const fitting = this.targets(action);
    const { who, role } = fitting[action.aim % Math.max(fitting.length, 1)] ?? action;
    // For a group one of its members does it.
    const isSelf = action.do.startsWith('self');
    return { ...action, who: isSelf && who === 'helpdesk' ? 'grace' : who, role } as Action;
  }

  private targets(action: Action): readonly About[] {
    const kind = 'kind' in action ? action.kind : action.do === 'selfDeactivate' ? 'activation' : 'eligibility';
    const isOurs = ({ who, role }: About): boolean => holders.includes(who) && roles.includes(role);
    if (!action.do.endsWith('Renew')) return this.holds.filter((one) => one.kind === kind && isOurs(one));
    const keys = [...this.expired.keys()].map((key) => key.split(' ') as [string, Holder, RoleName]);
    return keys.filter(([of]) => of === kind).map(([, who, role]) => ({ who, role }));
  }

  /** The live one of this kind: running or still to come. */
  held(kind: Hold['kind'], { who, role }: About): Hold | undefined {
    return this.holds.find((one) => one.kind === kind && one.who === who && one.role === role);
  }

  /** The request at a place, round and round; undefined when nobody waits. */
  picked(pick: number, wanted: 'approver' | 'administrator' | 'any'): Waiting | undefined {
    const all = this.waiting.filter(({ what }) => wanted === 'any' || forOf(what) === wanted);
    return all[pick % Math.max(all.length, 1)];
  }

  /** An eligibility that is in effect, the one that lasts longest; one's own before one's group's. */
  eligibility({ who, role }: About, at: number): Hold | undefined {
    const mine = this.members.has(who) ? [who, 'helpdesk'] : [who];
    return this.holds
      .filter((one) => one.kind === 'eligibility' && one.role === role && mine.includes(one.who))
      .filter(({ start, end }) => start <= at && at < end)
      .sort((a, b) => mine.indexOf(a.who) - mine.indexOf(b.who))
      .reduce<Hold | undefined>((best, next) => (best && best.end >= next.end ? best : next), undefined);
  }

  /** What an activation would be, or the reason why there is none. */
  activation(asked: About, start: number, lasts: number): Pick<Hold, 'start' | 'end' | 'from'> | Verdict {
    const from = this.eligibility(asked, start);
    if (!from) return none;
    if (this.inTheWay(asked)) return exists;
    const end = Math.min(start + lasts, from.end);
    return end - start < floor ? tooShort : { start, end, from: from.id };
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

  /** Other times under another id; activations go on with it as far as it goes. */
  reschedule(found: Hold, id: string, { start, end }: Pick<Hold, 'start' | 'end'>): void {
    const rests = (one: Hold): boolean => Math.max(one.start, this.now) >= start && Math.max(one.start, this.now) < end;
    this.holds = this.holds.flatMap((one) => {
      if (one.id === found.id) return [{ ...one, id, start, end }];
      if (one.from !== found.id) return [one];
      return rests(one) ? [{ ...one, from: id, end: Math.min(one.end, end) }] : [];
    });
    this.tidy();
  }

  /** Time passes: what is over is over, and is remembered for whoever wants it back. */
  pass(now: number): void {
    this.now = now;
    for (const one of this.holds)
      if (one.end <= now && one.kind !== 'activation') this.expired.set(keyOf(one.kind, one), one.end);
    this.holds = this.holds.filter(({ end }) => now < end);
    this.waiting = this.waiting.filter(({ deadline }) => now < deadline);
    this.tidy();
  }

  /** What waits goes when what it would rest on goes. */
  tidy(): void {
    this.waiting = this.waiting.filter(({ what, who, role }) => {
      if (what === 'selfRenew') return true;
      const mine = what === 'selfActivate' && this.members.has(who) ? [who, 'helpdesk'] : [who];
      return mine.some((one) => this.held('eligibility', { who: one as Holder, role }));
    });
  }

  private isLastOf(who: string): boolean {
    return this.holds.some((one) => one.who === who && this.isLast(one));
  }

  private isLast(hold: Hold): boolean {
    const keepers = this.holds.filter((one) => this.isKeeper(one));
    return keepers.length === 1 && keepers[0]?.id === hold.id;
  }

  /** Counts for the last-administrator rule: a person, for good, begun, and not switched off. */
  private isKeeper({ kind, who, role, start, end }: Hold): boolean {
    const counts = kind === 'standing' && start <= this.now && end === Infinity;
    return counts && role === 'privilegedRoleAdministrator' && who !== 'helpdesk' && !this.off.has(who);
  }

  private blocked({ who }: About, isGrant = true): Verdict | null {
    if (this.deleted.has(who)) return 'SubjectNotFound';
    return isGrant && this.off.has(who) ? invalid : null;
  }

  private there(who: string): Verdict | null {
    return this.deleted.has(who) ? 'Request_ResourceNotFound' : null;
  }

  private fresh({ start }: Hold): Verdict {
    return start <= this.now && this.now - start < floor ? tooShort : ok;
  }

  private change(asked: About & { readonly kind: Given }, verdict: (found: Hold) => Verdict): Verdict {
    const found = this.held(asked.kind, asked);
    return found ? verdict(found) : none;
  }

  private updates(found: Hold, { lasts }: { readonly lasts: number | null }): Verdict {
    return lasts !== null && this.isLast(found) ? invalid : ok;
  }

  private extends(found: Hold, span: number): Verdict {
    if (found.end === Infinity) return invalid;
    return this.now + span <= found.end ? invalidTimes : ok;
  }

  /** By its holder: from 14 days before the end. */
  private extendable(asked: About, span: number): Verdict {
    const found = this.held('eligibility', asked);
    if (!found) return none;
    return found.end !== Infinity && found.end - this.now > 14 * day ? invalid : this.extends(found, span);
  }

  /** By its holder: until 30 days after the end. */
  private renewable(asked: About): Verdict {
    if (this.held('eligibility', asked)) return exists;
    const ended = this.expired.get(keyOf('eligibility', asked));
    if (ended === undefined) return none;
    return this.now - ended > 30 * day ? invalid : ok;
  }

  /** An administrator agrees only to what can still be done. */
  agrees(one: Waiting): Verdict {
    const verdict = one.what === 'selfRenew' ? this.renewable(one) : this.extendable(one, one.lasts);
    return (this.blocked(one) ?? verdict) === ok ? ok : '400';
  }

  private renews(kind: Given, asked: About): Verdict {
    if (this.held(kind, asked)) return exists;
    return this.expired.has(keyOf(kind, asked)) ? ok : none;
  }

  private waits({ who, role }: About, wanted: 'approver' | 'administrator'): boolean {
    return this.waiting.some((one) => one.who === who && one.role === role && forOf(one.what) === wanted);
  }

  private inTheWay(asked: About): boolean {
    const standing = this.held('standing', asked);
    return Boolean(this.held('activation', asked) ?? (standing && standing.start <= this.now ? standing : undefined));
  }

  private activates({ who, role, starts, lasts, mfa }: Asked<'selfActivate'>): Verdict {
    const start = this.now + starts * minute;
    const length = (lasts ?? 0) * minute;
    if (!this.eligibility({ who, role }, start)) return none;
    if (this.inTheWay({ who, role })) return exists;
    if (this.waits({ who, role }, 'approver')) return pending;
    if (!mfa || this.isTooLong(role, length)) return rules;
    const activation = this.activation({ who, role }, start, length);
    return typeof activation === 'string' ? activation : ok;
  }

  private isTooLong(role: RoleName, length: number): boolean {
    return length > (this.longest.get(role) ?? 480) * minute;
  }
}

const spanOf = ({ lasts }: { readonly lasts: number | null }): number => (lasts === null ? Infinity : lasts * minute);

const forOf = (what: Waiting['what']): 'approver' | 'administrator' =>
  what === 'selfActivate' ? 'approver' : 'administrator';

const keyOf = (kind: Hold['kind'], { who, role }: About): string => `${kind} ${who} ${role}`;
