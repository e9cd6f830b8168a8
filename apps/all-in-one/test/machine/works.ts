import type { Deadline, Reaction, RecordedEvent } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { Call, context, Delivery, Timer, type Lane, type Task } from './lanes';
import type { World } from './world';

/** Everything that waits to be done: events to be delivered, times that have come, and what people ask for. */
export class Works {
  /** What was done, in order; for whoever reads a failure. */
  readonly trail: string[] = [];
  private readonly deliveries = new Map<string, Delivery>();
  private readonly timers = new Map<string, Timer>();
  private calls: Call[] = [];
  private seen = 0;

  constructor(
    private readonly world: World,
    private readonly reactions: readonly Reaction[],
    private readonly deadlines: readonly Deadline[],
    private readonly handle: (command: object) => Task,
  ) {}

  ask(name: string, task: Task): void {
    this.calls.push(new Call(name, task));
  }

  /** Takes one step of one of them; false: there is none. */
  step(pick: number): boolean {
    this.listen();
    const waiting = this.lanes().filter((lane) => lane.current() !== null);
    const lane = waiting[pick % waiting.length];
    if (!lane) return false;
    this.take(lane);
    return true;
  }

  /** Delivers again what was delivered, as after a crash. */
  again(pick: number, events: number): void {
    this.listen();
    const lanes = [...this.deliveries.values(), ...this.timers.values()].filter(({ hasBegun }) => hasBegun);
    const lane = lanes[pick % lanes.length];
    lane?.rewind(events);
    if (lane) this.trail.push(`    again: ${lane.name}`);
  }

  /** Everything, in some order; time stands still. */
  settle(pick: number): void {
    let next = pick;
    for (let steps = 0; this.step(next); steps += 1) {
      next = (next * 31 + 7) % 9973;
      if (steps > mostSteps) throw new Error('what was set in motion never ends');
    }
  }

  /** The next time for which something waits; null: nothing does. */
  nextTime(): string | null {
    this.listen();
    const times = [...this.timers.values()].flatMap(({ at }) => (at !== null && at > this.world.now ? [at] : []));
    return times.sort()[0] ?? null;
  }

  private lanes(): readonly Lane[] {
    this.calls = this.calls.filter((call) => call.current() !== null);
    return [...this.calls, ...this.timers.values(), ...this.deliveries.values()];
  }

  private take(lane: Lane): void {
    this.trail.push(`    ${lane.name}`);
    try {
      if (lane.current()?.next().done) lane.finished();
    } catch (error) {
      // Whoever asks at a client is told; nothing else here may be refused.
      if (!(error instanceof Rejection) || !(lane instanceof Call)) throw error;
      this.trail.push(`    ${lane.name}: ${error.code}: ${error.message}`);
      lane.finished();
    }
  }

  /** Takes up what was recorded since. */
  private listen(): void {
    for (; this.seen < this.world.log.length; this.seen += 1) this.hear(this.world.log[this.seen]!);
  }

  private hear(event: RecordedEvent): void {
    this.trail.push(`  ${event.recordedAt} ${event.stream} ${event.type}`);
    const isOf = ({ source }: { readonly source: { readonly category: string } }) =>
      event.stream.startsWith(`${source.category}-`);
    for (const reaction of this.reactions.filter(isOf)) this.delivery(reaction, event.stream).events.push(event);
    for (const deadline of this.deadlines.filter(isOf)) this.expect(deadline, event);
  }

  private delivery(reaction: Reaction, stream: string): Delivery {
    const key = `${reaction.name} ${stream}`;
    const found = this.deliveries.get(key) ?? new Delivery(reaction, stream, this.handle);
    this.deliveries.set(key, found);
    return found;
  }

  private expect(deadline: Deadline, event: RecordedEvent): void {
    for (const { key, at, subject } of deadline.due(event)) {
      const name = `${deadline.name} ${key}`;
      const timer = this.timers.get(name) ?? new Timer(name, this.world);
      this.timers.set(name, timer);
      timer.set(at === null ? null : { at, command: () => this.handle(deadline.command(subject, context)) });
    }
  }
}

/** Far more than any history here takes. */
const mostSteps = 20_000;
