import * as fc from 'fast-check';
import {
  askOff,
  askOn,
  obey,
  places,
  settle,
  users,
  World,
  type Job,
  type Logged,
  type Place,
  type User,
} from './switch-account-run';

/** One thing that happens next. */
export type Move =
  | { readonly do: 'off' | 'on'; readonly user: User }
  | { readonly do: 'adminAssign' | 'adminRemove'; readonly user: User; readonly place: Place }
  /** One of those at work takes its next steps. */
  | { readonly do: 'go-on'; readonly pick: number; readonly times: number }
  /** Everything at work stops; the bus delivers again from this many events before the one it was at. */
  | { readonly do: 'crash'; readonly back: number }
  | { readonly do: 'wait' };

const user = fc.constantFrom(...users);
const place = fc.constantFrom(...places);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('off' as const, 'on' as const), user }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('adminAssign' as const, 'adminRemove' as const), user, place }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('go-on' as const),
      pick: fc.nat(30),
      times: fc.constantFrom(1, 1, 2, 5, 20),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), back: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
);

export const moves = fc.array(move, { minLength: 1, maxLength: 120, size: 'max' });

/** The consumer of one account's stream: one event at a time, in order, each at least once. */
class Consumer {
  private current: Job | null = null;
  private next = 0;

  constructor(
    private readonly world: World,
    private readonly user: User,
  ) {}

  /** False when there is nothing to do. */
  step(): boolean {
    const event = this.heard()[this.next];
    if (!event) return false;
    if (this.current === null) this.current = settle(this.world, this.user, `${this.user}#${this.next}`);
    if (!this.current.next().done) return true;
    this.current = null;
    this.next += 1;
    return true;
  }

  private heard(): readonly Logged[] {
    return this.world.log.filter(
      ({ type, data }) =>
        (type === 'PrincipalDisableRequested' || type === 'PrincipalEnabled') && data.principalId === this.user,
    );
  }

  crash(back: number): void {
    this.current = null;
    this.next = Math.max(0, this.next - back);
  }
}

/** A tenant with two protected roles and another one, and everybody who works in it. */
export class Tenant {
  readonly world = new World();
  private readonly consumers = users.map((one) => new Consumer(this.world, one));
  /** Calls end with the process, orders are delivered again. */
  private calls: Job[] = [];
  private orders: { readonly again: () => Job; job: Job }[] = [];
  private commands = 0;

  play(next: Move): void {
    switch (next.do) {
      case 'off':
        return void this.calls.push(askOff(this.world, next.user, this.nextId()));
      case 'on':
        return void this.calls.push(askOn(this.world, next.user, this.nextId()));
      case 'wait':
        return this.world.pass();
      case 'go-on':
        return this.goOn(next.pick, next.times);
      case 'crash':
        return this.crash(next.back);
      default:
        return this.order({ ...next, action: next.do });
    }
  }

  /** Lets everybody finish; `check` after every step. */
  finish(check: () => void): void {
    for (let busy = true; busy; check()) {
      busy = this.consumers.map((consumer) => consumer.step()).includes(true);
      busy = this.calls.length + this.orders.length > 0 || busy;
      this.calls = this.calls.filter((job) => !job.next().done);
      this.orders = this.orders.filter(({ job }) => !job.next().done);
    }
  }

  private order(wish: Parameters<typeof obey>[1]): void {
    const id = this.nextId();
    const again = () => obey(this.world, wish, id);
    this.orders.push({ again, job: again() });
  }

  private goOn(pick: number, times: number): void {
    const workers = [
      ...this.consumers.map((consumer) => () => consumer.step()),
      ...this.calls.map((job) => () => !job.next().done),
      ...this.orders.map(
        ({ job }) =>
          () =>
            !job.next().done,
      ),
    ];
    const worker = pick % workers.length;
    for (let n = 0; n < times && workers[worker]?.(); n += 1);
  }

  private crash(back: number): void {
    this.calls = [];
    for (const one of this.orders) one.job = one.again();
    for (const consumer of this.consumers) consumer.crash(back);
  }

  private nextId(): string {
    this.commands += 1;
    return `c${this.commands}`;
  }
}
