import { expectRebuildToEqual, expectSoundLog, readLog, scheduleIdOf } from '../support/log';
import { id, role, TestServer, type Answer } from '../support/server';
import { told, type Action, type Given, type Times } from './action';
import { Model, type Asked, type Hold, type Verdict, type Waiting } from './model';
import { holdOf, sorted } from './printed';

const directory = 'roleManagement/directory';
const minute = 60_000;

type Printed = Readonly<Record<string, unknown>>;
type About = Pick<Hold, 'who' | 'role'>;
type Wish = Pick<Waiting, 'start' | 'lasts'>;
/** What `request` sends: an action about somebody's role. */
type Request = About & { readonly do: string; readonly kind?: Given; readonly mfa?: boolean } & Partial<Times>;

/** One tenant that lives through a history, and the model that lives through the same. */
export class History {
  /** How often each action was answered how. */
  readonly counts = new Map<string, number>();
  private readonly trail: string[] = [];
  private readonly tokens = new Map<string, string>();

  private constructor(
    private readonly server: TestServer,
    private readonly model: Model,
  ) {}

  static async begin(): Promise<History> {
    const server = await TestServer.start();
    const model = new Model(Date.parse(server.clock.now()), new Set(['grace', 'heidi']));
    const history = new History(server, model);
    model.holds = await history.printed();
    return history;
  }

  end(): Promise<void> {
    return this.server.stop();
  }

  /** Does one thing to both, and compares them. */
  async step(next: Action): Promise<void> {
    const action = this.model.aimed(next);
    const expected = this.expected(action);
    const answer = await this.perform(action);
    const answered = answer === null || answer.status < 400 ? 'ok' : (answer.body.error?.code ?? String(answer.status));
    this.trail.push(`${this.server.clock.now()} ${told(action)}: ${answered}`);
    const kind = `${action.do} ${answered}`;
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    this.compare([answered], [expected]);
    if (answered === 'ok' || action.do === 'decide') this.follow(action, answer);
    this.compare(sorted(await this.printed()), sorted(this.model.holds));
  }

  /** What must be true of the log and the read models after all of it. */
  async expectSound(): Promise<void> {
    await this.server.running.runtime.settled();
    const log = await readLog(this.server.ports.eventStore);
    expectSoundLog(log);
    const expiries = log.filter(({ type }) => /^(Assignment|Eligibility)Expired$/.test(type));
    const early = expiries.filter(({ data, recordedAt }) => recordedAt < String((data as Printed)['at']));
    this.compare(early.map(scheduleIdOf), []);
    const ids = expiries.map(scheduleIdOf);
    this.compare(ids, [...new Set(ids)]);
    await expectRebuildToEqual(this.server);
  }

  /** Whoever is switched off cannot sign in; nothing to pick is nothing to do. */
  private expected(action: Action): Verdict {
    const actor = actorOf(action, this.model);
    if (actor !== null && this.model.off.has(actor)) return 'InvalidAuthenticationToken';
    const verdict = this.model.verdicts[action.do] as (asked: Action) => Verdict;
    return verdict(action);
  }

  private readonly acts: { readonly [D in Action['do']]: (asked: Asked<D>) => Promise<Answer | null> } = {
    adminAssign: (asked) => this.request('ada', asked),
    adminUpdate: (asked) => this.request('ada', asked),
    adminExtend: (asked) => this.request('ada', asked),
    adminRenew: (asked) => this.request('ada', asked),
    adminRemove: (asked) => this.request('ada', asked),
    selfActivate: (asked) => this.request(asked.who, asked),
    selfDeactivate: (asked) => this.request(asked.who, asked),
    selfExtend: (asked) => this.request(asked.who, { ...asked, kind: 'eligibility' }),
    selfRenew: (asked) => this.request(asked.who, { ...asked, kind: 'eligibility' }),
    decide: async ({ pick, yes }) => {
      const one = this.model.picked(pick, 'administrator');
      if (!one) return null;
      return this.send('ada', 'POST', `/openpim/v1/scheduleRequests/${one.id}/decision`, {
        decision: yes ? 'Approve' : 'Deny',
        justification: 'As agreed',
      });
    },
    approve: async ({ by, pick, yes }) => {
      const one = this.model.picked(pick, 'approver');
      if (!one) return null;
      return this.send(by, 'PATCH', `${directory}/roleAssignmentApprovals/${one.id}/steps/${one.id}`, {
        reviewResult: yes ? 'Approve' : 'Deny',
        justification: 'As agreed',
      });
    },
    cancel: async ({ pick }) => {
      const one = this.model.picked(pick, 'any');
      if (!one) return null;
      return this.send('ada', 'POST', `${directory}/${setOf(one.what)}/${one.id}/cancel`);
    },
    switch: ({ who, on }) => this.send('ada', 'PATCH', `users/${id[who]}`, { accountEnabled: on }),
    join: ({ who }) =>
      this.send('ada', 'POST', `groups/${id.helpdesk}/members/$ref`, {
        '@odata.id': `${this.server.url}/v1.0/directoryObjects/${id[who]}`,
      }),
    leave: ({ who }) => this.send('ada', 'DELETE', `groups/${id.helpdesk}/members/${id[who]}/$ref`),
    delete: ({ who }) => this.send('ada', 'DELETE', `users/${id[who]}`),
    limit: ({ role: of, longest }) => {
      const rule = 'Expiration_EndUser_Assignment';
      const policy = `DirectoryRole_e0000000-0000-4000-8000-000000000001_${role[of]}`;
      return this.send('ada', 'PATCH', `policies/roleManagementPolicies/${policy}/rules/${rule}`, {
        '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
        id: rule,
        isExpirationRequired: true,
        maximumDuration: `PT${longest}M`,
      });
    },
    wait: async ({ minutes }) => {
      await this.server.later(minutes);
      return null;
    },
  };

  private perform(action: Action): Promise<Answer | null> {
    const act = this.acts[action.do] as (asked: Action) => Promise<Answer | null>;
    return act(action);
  }

  /** Lets the model know what was answered. */
  private follow(action: Action, answer: Answer | null): void {
    if ('lasts' in action) return this.asked(action, String(answer?.body['id']), String(answer?.body['status']));
    const act = this.effects[action.do] as (done: Action) => void;
    act(action);
  }

  private readonly effects: {
    readonly [D in Exclude<Action, { lasts: number | null }>['do']]: (done: Asked<D>) => void;
  } = {
    wait: ({ minutes }) => this.model.pass(this.model.now + minutes * minute),
    limit: ({ role: of, longest }) => void this.model.longest.set(of, longest),
    switch: (done) => this.switched(done),
    join: ({ who }) => void this.model.members.add(who),
    leave: ({ who }) => this.model.leave(who),
    delete: ({ who }) => {
      this.model.deleted.add(who);
      this.model.leave(who);
      this.switched({ do: 'switch', who, on: false });
    },
    adminRemove: (done) => this.taken(done.kind, done),
    selfDeactivate: (done) => this.taken('activation', done),
    cancel: ({ pick }) => void this.answered(pick, 'any'),
    approve: ({ pick, yes }) => {
      const one = this.answered(pick, 'approver');
      if (one && yes) this.activate(one.id, one, Math.max(one.start, this.model.now), one.lasts);
    },
    // What can no longer be done fails once it is agreed to.
    decide: ({ pick, yes }) => {
      const one = this.answered(pick, 'administrator');
      if (one && yes && this.model.agrees(one) === 'ok') this.granted(one);
    },
  };

  private switched({ who, on }: Asked<'switch'>): void {
    if (on) this.model.off.delete(who);
    else {
      this.model.off.add(who);
      this.model.take((hold) => hold.who === who);
    }
  }

  private taken(kind: Hold['kind'], about: About): void {
    const found = this.model.held(kind, about);
    this.model.take(({ id: one }) => one === found?.id);
  }

  private asked(action: Extract<Action, { lasts: number | null }>, request: string, status: string): void {
    const lasts = action.lasts === null ? Infinity : action.lasts * minute;
    const start = this.model.now + action.starts * minute;
    if (status.startsWith('Pending')) this.wait(request, action, { start, lasts });
    else if (action.do === 'selfActivate') this.activate(request, action, start, lasts);
    else if ('kind' in action) this.give(request, action, action.do, { start, lasts });
  }

  private wait(request: string, { who, role: of, do: what }: Extract<Action, About>, times: Wish): void {
    const deadline = what === 'selfActivate' ? this.model.now + 24 * 60 * minute : Infinity;
    const one = { id: request, what, who, role: of, ...times, deadline } as Waiting;
    this.model.waiting = [...this.model.waiting, one];
  }

  private activate(request: string, { who, role: of }: About, start: number, lasts: number): void {
    const made = this.model.activation({ who, role: of }, start, lasts);
    if (typeof made !== 'string') this.model.give({ id: request, kind: 'activation', who, role: of, ...made });
  }

  private give(
    request: string,
    about: About & { readonly kind: Given },
    what: Action['do'],
    { start, lasts }: Wish,
  ): void {
    const { kind, who, role: of } = about;
    const found = this.model.held(kind, about);
    const end = start + lasts;
    if (what === 'adminUpdate' && found)
      this.model.reschedule(found, request, { start: Math.min(found.start, start), end });
    else if (what === 'adminExtend' && found) this.model.reschedule(found, request, { start: found.start, end });
    else this.model.give({ id: request, kind, who, role: of, start, end, from: null });
  }

  /** What waits at a place waits no longer. */
  private answered(pick: number, wanted: 'approver' | 'administrator' | 'any'): Waiting | undefined {
    const one = this.model.picked(pick, wanted);
    this.model.waiting = this.model.waiting.filter(({ id: other }) => other !== one?.id);
    return one;
  }

  private granted(one: Waiting): void {
    const about = { kind: 'eligibility' as const, who: one.who, role: one.role };
    const what = one.what === 'selfRenew' ? 'adminRenew' : 'adminExtend';
    this.give(one.id, about, what, { start: this.model.now, lasts: one.lasts });
  }

  private async request(by: string, asked: Request): Promise<Answer> {
    const set = asked.kind === 'eligibility' ? 'selfExtend' : 'selfActivate';
    const token = await this.tokenOf(by, asked.mfa ?? true);
    return this.server.call(token, 'POST', `${directory}/${setOf(set)}`, bodyOf(asked, this.model.now));
  }

  private send(who: string, method: string, path: string, body?: object): Promise<Answer> {
    return this.tokenOf(who, true).then((token) => this.server.call(token, method, path, body));
  }

  private async tokenOf(who: string, mfa: boolean): Promise<string> {
    const key = `${who} ${mfa}`;
    const token = this.tokens.get(key) ?? (await this.server.token(who, { mfa, expiresIn: 100 * 365 * 86_400 }));
    this.tokens.set(key, token);
    return token;
  }

  /** What everybody holds, as the API tells it. */
  private async printed(): Promise<readonly Hold[]> {
    const sets = ['roleEligibilitySchedules?$top=999', 'roleAssignmentSchedules?$top=999&$expand=activatedUsing'];
    const pages = await Promise.all(sets.map((set) => this.send('ada', 'GET', `${directory}/${set}`)));
    return pages
      .flatMap(({ body }) => body.value ?? [])
      .map(holdOf)
      .map((hold) => (hold.kind === 'activation' ? hold : { ...hold, from: null }));
  }

  private compare(actual: readonly unknown[], expected: readonly unknown[]): void {
    if (JSON.stringify(actual) === JSON.stringify(expected)) return;
    const story = this.trail.slice(-60).join('\n');
    const missing = expected.filter((one) => !actual.includes(one)).join('\n  ');
    const extra = actual.filter((one) => !expected.includes(one)).join('\n  ');
    throw new Error(`${story}\nexpected, not there:\n  ${missing}\nthere, not expected:\n  ${extra}`);
  }
}

/** Whose token the action is done with, when that person can be switched off. */
const actorOf = (action: Action, model: Model): string | null => {
  if (action.do.startsWith('self') && 'who' in action) return action.who;
  return action.do === 'approve' && model.picked(action.pick, 'approver') && action.by === 'bob' ? 'bob' : null;
};

const setOf = (what: Waiting['what']): string =>
  what === 'selfActivate' ? 'roleAssignmentScheduleRequests' : 'roleEligibilityScheduleRequests';

const scheduleInfo = ({ starts, lasts }: Times, now: number): object => ({
  startDateTime: starts === 0 ? null : new Date(now + starts * minute).toISOString(),
  expiration: lasts === null ? { type: 'noExpiration' } : { type: 'afterDuration', duration: `PT${lasts}M` },
});

const bodyOf = ({ starts = 0, lasts, ...asked }: Request, now: number): object => ({
  action: asked.do,
  principalId: id[asked.who],
  roleDefinitionId: role[asked.role],
  directoryScopeId: '/',
  justification: 'Agreed with the team lead',
  ticketInfo: { ticketNumber: 'CHG-1', ticketSystem: 'ServiceNow' },
  ...(lasts === undefined ? {} : { scheduleInfo: scheduleInfo({ starts, lasts }, now) }),
});
