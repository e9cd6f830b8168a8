import { approvals } from '@pim/approvals/service';
import { assignments } from '@pim/assignments/service';
import type { ScheduleOrder } from '@pim/contracts';
import type { Deadline, Reaction } from '@pim/engine';
import { requests } from '@pim/requests/service';
import { answer, ask, cancel, changeSettings, delegate, switchAccount, takeBack, type Note } from './calls';
import { handle } from './handlers';
import type { Move, MoveOf, Setting } from './move';
import { actor, administrators, everybody, guardId, isOn, orderFacts, place, policyId } from './people';
import { approvalRuleOf, changeOf, limitOf } from './settings';
import { likely, named, openedIn, shownNow, type Shown } from './voting';
import { Works } from './works';
import { owned, World } from './world';

const contexts = [requests, approvals, assignments];

/** The others are about groups, deletions, extensions, emergencies, endpoints, and roles that must be apart. */
const reactions = [
  ...['follow-schedule', 'follow-approval', 'follow-eligibility', 'follow-principal'],
  ...['open-approval', 'check-approvers', 'check-approvers-of'],
  ...['carry-out-submitted', 'carry-out-approved', 'cancel-schedule', 'settle-account'],
];
const deadlines = ['lapse-approval', 'escalate-approval', 'remind-approvers', 'start-schedule', 'expire-schedule'];

const byName = <T extends Reaction | Deadline>(all: readonly T[], names: readonly string[]): readonly T[] =>
  names.map((name) => {
    const found = all.find((one) => one.name === name);
    if (!found) throw new Error(`There is no ${name} any more. Put what came in its place into this list.`);
    return found;
  });

const dayMs = 24 * 60 * 60_000;

/** The order by which somebody is made eligible before anything else happens. */
const eligibility = (requestId: string, principalId: string): ScheduleOrder => ({
  requestId,
  kind: 'eligibility',
  action: 'adminAssign',
  principalId,
  ...place,
  startDateTime: null,
  durationMs: null,
  endDateTime: null,
  targetScheduleId: null,
  actor: actor('ada'),
});

type Perform = { readonly [D in Move['do']]: (move: MoveOf<D>) => void };

/** A small tenant: deciders with their streams, the reactions between them, people, and time. */
export class Machine {
  readonly world = new World();
  /** How each answer on record came about, by the event's id. */
  readonly notes = new Map<string, Note>();
  readonly works = new Works(
    this.world,
    byName(
      contexts.flatMap((context) => context.reactions),
      reactions,
    ),
    byName(
      contexts.flatMap((context) => context.deadlines),
      deadlines,
    ),
    (command) => handle(this.world, command),
  );
  private readonly read = new Map<string, Shown>();
  private count = 0;

  constructor(setting: Setting) {
    for (const id of everybody) this.register(id);
    this.world.give(owned.policy, policyId, changeOf(approvalRuleOf(setting), 'paul', this.world.now));
    for (const who of ['erin', 'frank']) {
      const data = { order: eligibility(`eligible-${who}`, who), facts: orderFacts(this.world, who) };
      this.world.give(owned.guard, guardId, { type: 'CarryOutOrder', data });
    }
    // What was given a moment ago cannot be taken back.
    this.world.wait(60 * 60_000);
  }

  move(next: Move): void {
    this.works.trail.push(`${this.world.now} ${JSON.stringify(next)}`);
    const perform = this.perform[next.do] as (move: Move) => void;
    perform(next);
  }

  /** Lets everything that was begun come to its end, and all time pass that anything waits for. Answers when the first was so. */
  finish(): { readonly at: string; readonly events: number } {
    this.works.settle(1);
    const settled = { at: this.world.now, events: this.world.log.length };
    for (let at = this.works.nextTime(); at !== null; at = this.works.nextTime()) {
      this.works.trail.push(`${at} has come`);
      this.world.now = at;
      this.works.settle(1);
    }
    this.world.wait(400 * dayMs);
    this.works.settle(1);
    return settled;
  }

  private readonly perform: Perform = {
    assign: (move) => this.ask(move, 'paul'),
    remove: (move) => this.ask(move, 'paul'),
    activate: (move) => this.ask(move, move.by ?? move.who),
    deactivate: (move) => this.ask(move, move.who),
    cancel: (move) => this.cancel(move),
    read: ({ pick, by }) => this.note(this.approvalAt(pick), by),
    answer: (move) => this.answer(move),
    delegate: (move) => this.delegate(move),
    'take back': ({ pick, from }) => this.takeBack(from, pick),
    set: ({ by, setting }) => this.change(by, approvalRuleOf(setting)),
    limit: ({ by, hours }) => this.change(by, limitOf(hours)),
    switch: (move) => this.switch(move),
    wait: ({ minutes }) => this.world.wait(minutes * 60_000),
    'wait for': ({ ms }) => this.waitFor(ms),
    work: ({ pick, steps }) =>
      Array.from({ length: steps }, (_, n) => pick * (n + 1)).forEach((n) => this.works.step(n)),
    settle: ({ pick }) => this.works.settle(pick),
    again: ({ pick, events }) => this.works.again(pick, events),
  };

  private newId(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.count}`;
  }

  private ask(move: Parameters<typeof ask>[3], by: string): void {
    const id = this.newId('r');
    this.works.ask(`${by} asks for ${id}`, ask(this.world, id, by, move));
  }

  private cancel({ pick, by }: MoveOf<'cancel'>): void {
    const ids = this.world.ids(owned.request);
    const id = ids[pick % ids.length];
    if (id === undefined) return;
    const request = this.world.state(owned.request, id);
    const creator = request.status === 'absent' ? 'erin' : request.createdBy;
    this.works.ask(`${by ?? creator} cancels ${id}`, cancel(this.world, id, by ?? creator));
  }

  /** One of those that are open; of all, when none is. */
  private approvalAt(pick: number): string | null {
    const all = this.world.ids(owned.approval);
    const open = all.filter((id) => this.world.state(owned.approval, id).status === 'open');
    const from = open.length > 0 ? open : all;
    return from[pick % from.length] ?? null;
  }

  /** Somebody reads an approval, and may answer by what they saw much later. */
  private note(approvalId: string | null, by: string): Shown | null {
    const state = approvalId === null ? null : openedIn(this.world, approvalId);
    if (!state) return null;
    const shown = shownNow(this.world, state);
    this.read.set(`${by} ${approvalId}`, shown);
    return shown;
  }

  private answer(move: MoveOf<'answer'>): void {
    const approvalId = this.approvalAt(move.pick);
    const by = move.by ?? this.likely(approvalId, move.pick);
    if (approvalId === null || by === null) return;
    const read = this.read.get(`${by} ${approvalId}`);
    const current = move.shows === 'nothing' ? null : this.note(approvalId, by);
    const shown = move.shows === 'what was read' ? (read ?? current) : current;
    const note = (event: { readonly id: string }, how: Note) => void this.notes.set(event.id, how);
    this.works.ask(`${by} answers ${approvalId}`, answer(this.world, { approvalId, by, shown, note }, move));
  }

  private likely(approvalId: string | null, pick: number): string | null {
    const state = approvalId === null ? null : openedIn(this.world, approvalId);
    const people = state ? likely(this.world, state, pick % 2 === 0) : [];
    return people[pick % 3 === 0 ? 0 : pick % people.length] ?? null;
  }

  private delegate(move: MoveOf<'delegate'>): void {
    const approvalId = this.approvalAt(move.pick);
    const state = approvalId === null ? null : openedIn(this.world, approvalId);
    const asked = state ? named(this.world, state) : [];
    const absent = asked.length > 0 ? asked : administrators;
    const from = move.from ?? absent[move.pick % absent.length];
    if (from !== undefined) this.works.ask(`${from} delegates`, delegate(this.world, this.newId('d'), from, move));
  }

  private takeBack(from: string, pick: number): void {
    const delegations = this.world.state(owned.delegation, from);
    const one = delegations[pick % delegations.length];
    if (one) this.works.ask('take back', takeBack(this.world, one.delegationId, from));
  }

  private change(by: string, rule: Parameters<typeof changeSettings>[2]): void {
    this.works.ask(`${by} changes settings`, changeSettings(this.world, by, rule));
  }

  /** On: whoever is off, when the one who is named is not. */
  private switch({ who, on }: MoveOf<'switch'>): void {
    const off = everybody.filter((id) => !isOn(this.world, id));
    const id = on && !off.includes(who) ? (off[0] ?? who) : who;
    this.works.ask(`switch ${id} ${on ? 'on' : 'off'}`, switchAccount(this.world, id, on));
  }

  private waitFor(ms: number): void {
    const next = this.works.nextTime();
    if (next === null) return;
    this.world.wait(Math.max(0, Date.parse(next) + ms - Date.parse(this.world.now)));
  }

  private register(principalId: string): void {
    const data = {
      ...{ principalId, principalType: 'user' as const, displayName: principalId, userPrincipalName: null },
      ...{ mail: null, appId: null, appRoles: [], isAssignableToRole: false, accountEnabled: true },
      now: this.world.now,
    };
    this.world.give(owned.principal, principalId, { type: 'RegisterPrincipal', data });
  }
}
