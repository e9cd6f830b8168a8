import type { Instant } from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import { StoreUnavailable } from '../ports/event-store';
import type { Clock } from '../ports/runtime';
import { systemActor, type CommandContext } from './aggregate';
import type { Due, DueIndex } from './due-index';
import { createStop, pause, pauseAfter } from './persist';

/** Commands asked and not yet answered at most. */
const maxAsked = 64;

/** What a dispatcher works with. */
export interface DispatcherTools {
  readonly clock: Clock;
  readonly dispatch: (command: object) => Promise<unknown>;
  readonly onError: (error: unknown) => void;
  readonly onAnswered: (answered: Answered) => void;
  /** For messages. */
  readonly name: string;
}

/** A deadline that was asked for, and what came of it is recorded. */
export interface Answered {
  readonly deadline: string;
  /** When it was due. */
  readonly dueAt: Instant;
  readonly answeredAt: Instant;
}

interface Waiter {
  readonly until: Instant;
  resolve(): void;
  reject(error: unknown): void;
}

/** Asks for what the due-index says is due, in order of time, and again until there is an answer. */
export class DueDispatcher {
  private readonly stopping = createStop();
  /** Asked, and not yet answered. */
  private readonly asked = new Map<Due, Promise<void>>();
  /** Failed, and waiting for another try. */
  private readonly failed = new Map<Due, Promise<void>>();
  private readonly failures = new WeakMap<Due, number>();
  private waiters: Waiter[] = [];
  private isStarted = false;
  private alarm: { readonly at: Instant; cancel(): void } | null = null;

  constructor(
    private readonly index: DueIndex,
    private readonly tools: DispatcherTools,
  ) {}

  start(): void {
    this.isStarted = true;
    this.wake();
  }

  /** Says that the index changed, or that time has passed. */
  wake(): void {
    if (!this.isStarted || this.stopping.signal.aborted) return;
    const now = this.tools.clock.now();
    while (this.asked.size < maxAsked) {
      const due = this.index.take(now);
      if (!due) break;
      this.asked.set(
        due,
        Promise.resolve().then(() => this.ask(due)),
      );
    }
    this.setAlarm();
    this.tellWaiters();
  }

  /** Resolves when everything due now is answered, but for what waits for others; rejects when stopped before that. */
  async answered(): Promise<void> {
    if (this.stopping.signal.aborted) throw this.stopped();
    const until = this.tools.clock.now();
    const done = new Promise<void>((resolve, reject) => this.waiters.push({ until, resolve, reject }));
    this.wake();
    await done;
  }

  /** When the oldest one that is due and not answered was due; null when there is none. */
  overdueSince(): Instant | null {
    const now = this.tools.clock.now();
    const open = [this.index.first(), ...this.asked.keys(), ...this.failed.keys()];
    return open.reduce<Instant | null>((least, due) => {
      if (!due || due.at > now) return least;
      return least === null || due.at < least ? due.at : least;
    }, null);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.alarm?.cancel();
    await Promise.all([...this.asked.values(), ...this.failed.values()]);
    for (const { reject } of this.waiters.splice(0)) reject(this.stopped());
  }

  private async ask(due: Due): Promise<void> {
    // Without a store the others would fail, too: this one keeps its place, and they wait.
    while (this.isWanted(due) && (await this.askOnce(due)) === 'unavailable') await this.pauseFor(due);
    this.asked.delete(due);
    this.wake();
  }

  private isWanted(due: Due): boolean {
    return this.index.holds(due) && !this.stopping.signal.aborted;
  }

  private async askOnce(due: Due): Promise<'done' | 'unavailable'> {
    try {
      await this.tools.dispatch(due.deadline.command(due.subject, contextOf(due)));
      this.tools.onAnswered({ deadline: due.deadline.name, dueAt: due.at, answeredAt: this.tools.clock.now() });
      this.settle(due);
    } catch (error) {
      if (error instanceof Rejection) this.settle(due);
      else return this.fail(due, error);
    }
    return 'done';
  }

  private fail(due: Due, error: unknown): 'done' | 'unavailable' {
    this.tools.onError(error);
    if (error instanceof StoreUnavailable) return 'unavailable';
    this.failed.set(due, this.askAgainLater(due));
    return 'done';
  }

  private settle(due: Due): void {
    // Whoever was asked may have looked at a clock that was set back meanwhile, and found it too early.
    if (this.tools.clock.now() < due.at) this.index.putBack(due);
    else this.index.answered(due);
  }

  private async askAgainLater(due: Due): Promise<void> {
    await this.pauseFor(due);
    this.failed.delete(due);
    this.index.putBack(due);
    this.wake();
  }

  private pauseFor(due: Due): Promise<void> {
    const failures = (this.failures.get(due) ?? 0) + 1;
    this.failures.set(due, failures);
    return pause(pauseAfter(failures), this.stopping.signal);
  }

  private setAlarm(): void {
    const next = this.asked.size < maxAsked ? this.index.first()?.at : undefined;
    if (this.alarm?.at === next) return;
    this.alarm?.cancel();
    this.alarm = next === undefined ? null : { at: next, cancel: this.tools.clock.wakeAt(next, () => this.ring()) };
  }

  private ring(): void {
    this.alarm = null;
    this.wake();
  }

  private tellWaiters(): void {
    if (this.waiters.length === 0) return;
    const answered = this.waiters.filter(({ until }) => !this.isOpen(until));
    this.waiters = this.waiters.filter((waiter) => !answered.includes(waiter));
    for (const { resolve } of answered) resolve();
  }

  private isOpen(until: Instant): boolean {
    return [this.index.first(), ...this.asked.keys(), ...this.failed.keys()].some(
      (due) => due && due.at <= until && !due.deadline.waitsForOthers,
    );
  }

  private stopped(): Error {
    return new Error(`${this.tools.name} was stopped before it caught up. Ask again after a restart.`);
  }
}

const contextOf = ({ deadline: { name }, key, at, correlationId }: Due): CommandContext => ({
  commandId: `${name}:${key}:${at}`,
  correlationId,
  actor: systemActor(`deadline/${name}`),
  authentication: null,
});
