import type { Answer } from '../support/server';
import { desk, isInUnit, type Action, type Asked, type Given } from './action';
import type { About, Hold, Model, Waiting } from './model';
import { assignmentAt, heldNow, narrower, type Verdicts } from './verdicts';

const minute = 60_000;

type Wish = Pick<Waiting, 'start' | 'lasts'>;
/** A request of an administrator or of whoever acts for themself, with times in it. */
type Request = Extract<Action, { lasts: number | null }>;

/** What is different after an action that was answered `ok`. */
export class Effects {
  constructor(
    private readonly model: Model,
    private readonly verdicts: Verdicts,
  ) {}

  /** Lets the model know what was answered. */
  follow(action: Action, answer: Answer | null): void {
    if ('lasts' in action) return this.asked(action, String(answer?.body['id']), String(answer?.body['status']));
    const act = this.of[action.do] as (done: Action, answer: Answer | null) => void;
    act(action, answer);
  }

  private readonly of: {
    readonly [D in Exclude<Action, Request>['do']]: (done: Asked<D>, answer: Answer | null) => void;
  } = {
    wait: ({ minutes }) => this.model.pass(this.model.now + minutes * minute),
    limit: ({ role: of, longest }) => void this.model.longest.set(of, longest),
    keep: ({ place, holders }) => void this.model.minimum.set(place, holders),
    unit: ({ there }, answer) => {
      this.model.unit = there ? String(answer?.body['id']) : null;
      if (!there) this.model.vanish(isInUnit);
    },
    desk: ({ there }, answer) => {
      this.model.desk = there ? String(answer?.body['id']) : null;
      if (!there) this.model.vanish((place) => place === desk);
    },
    separate: ({ pair, there }, answer) => {
      if (there) this.model.apart.set(pair, String(answer?.body['id']));
      else this.model.apart.delete(pair);
    },
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
    assign: ({ who, place }, answer) => {
      const id = String(answer?.body['id']);
      const times = { start: this.model.now, end: Infinity };
      this.model.give({ id, kind: 'standing', who, place, ...times, from: null, isOutside: true });
    },
    unassign: ({ pick }) => this.end([assignmentAt(this.model, pick)]),
    dismiss: (done) => this.end(heldNow(this.model, done)),
    cancel: ({ pick }) => void this.answered(pick, 'any'),
    approve: ({ pick, yes }) => {
      const one = this.answered(pick, 'approver');
      if (one?.place && yes) this.approved(one, one.place, one.place);
    },
    narrow: ({ pick }) => {
      const one = this.answered(pick, 'approver');
      if (one?.place) this.approved(one, one.place, narrower(this.model, one) ?? one.place);
    },
    vet: () => undefined,
    // What can no longer be done fails once it is agreed to.
    decide: ({ pick, yes }) => {
      const one = this.answered(pick, 'administrator');
      if (one?.place && yes && this.verdicts.agrees(one) === 'ok') this.granted(one, one.place);
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
    this.end([this.model.held(kind, about)]);
  }

  private end(gone: readonly (Hold | undefined)[]): void {
    this.model.take(({ id }) => gone.some((one) => one?.id === id));
  }

  private asked(action: Request, request: string, status: string): void {
    const lasts = action.lasts === null ? Infinity : action.lasts * minute;
    const start = this.model.now + action.starts * minute;
    if (status.startsWith('Pending')) this.wait(request, action, { start, lasts });
    else if (action.do === 'selfActivate') this.activate(request, action, { start, lasts }, action.place);
    else if ('kind' in action) this.give(request, action, action.do, { start, lasts });
  }

  private wait(request: string, { who, place, do: what }: Request, times: Wish): void {
    const deadline = what === 'selfActivate' ? this.model.now + 24 * 60 * minute : Infinity;
    const one = { id: request, what, who, place, ...times, deadline } as Waiting;
    this.model.waiting = [...this.model.waiting, one];
  }

  private approved({ id, who, start, lasts }: Waiting, place: Hold['place'], to: Hold['place']): void {
    this.activate(id, { who, place }, { start: Math.max(start, this.model.now), lasts }, to);
  }

  private activate(id: string, about: About, times: Wish, to: Hold['place']): void {
    const made = this.verdicts.activation(about, times, to);
    const { who } = about;
    if (typeof made !== 'string')
      this.model.give({ id, kind: 'activation', who, place: to, ...made, isOutside: false });
  }

  private give(
    request: string,
    about: About & { readonly kind: Given },
    what: Action['do'],
    { start, lasts }: Wish,
  ): void {
    const { kind, who, place } = about;
    const found = this.model.held(kind, about);
    const end = start + lasts;
    if (what === 'adminUpdate' && found)
      this.model.reschedule(found, request, { start: Math.min(found.start, start), end });
    else if (what === 'adminExtend' && found) this.model.reschedule(found, request, { start: found.start, end });
    else this.model.give({ id: request, kind, who, place, start, end, from: null, isOutside: false });
  }

  /** What waits at a place waits no longer. */
  private answered(pick: number, wanted: 'approver' | 'administrator' | 'any'): Waiting | undefined {
    const one = this.model.picked(pick, wanted);
    this.model.waiting = this.model.waiting.filter(({ id: other }) => other !== one?.id);
    return one;
  }

  private granted(one: Waiting, place: Hold['place']): void {
    const about = { kind: 'eligibility' as const, who: one.who, place };
    const what = one.what === 'selfRenew' ? 'adminRenew' : 'adminExtend';
    this.give(one.id, about, what, { start: this.model.now, lasts: one.lasts });
  }
}
