import { approval, delegation } from '@pim/approvals/domain';
import { principal, roleSchedule } from '@pim/assignments/domain';
import {
  approvalStream,
  delegationStream,
  policyStream,
  principalStream,
  requestStream,
  roleScheduleStream,
  type Instant,
} from '@pim/contracts';
import { systemActor, type Aggregate, type RecordedEvent, type StreamView } from '@pim/engine';
import { later, type DomainCommand, type DomainEvent } from '@pim/kernel';
import { policyDecider, requestDecider } from '@pim/requests/domain';

/** The deciders that are composed here, each with its category of streams. */
export const owned = {
  request: { stream: requestStream, decider: requestDecider },
  approval: { stream: approvalStream, decider: approval },
  delegation: { stream: delegationStream, decider: delegation },
  guard: { stream: roleScheduleStream, decider: roleSchedule },
  policy: { stream: policyStream, decider: policyDecider },
  principal: { stream: principalStream, decider: principal },
};

/** Every command in the world is given by the same id: whoever matters is named in the command itself. */
const metadata = { actor: systemActor('machine'), authentication: null, correlationId: 'c', causationId: 'c' };

/** Every stream there is, in memory, in the order in which things were recorded, and the time. */
export class World {
  readonly log: RecordedEvent[] = [];
  now: Instant = '2026-03-02T08:00:00.000Z';
  private readonly streams = new Map<string, DomainEvent[]>();
  /** What was folded, and how far, by who folds and stream. */
  private readonly folded = new Map<unknown, Map<string, { readonly state: unknown; readonly events: number }>>();

  /** The state of a stream by everything that is on record. */
  state<S, C extends DomainCommand, E extends DomainEvent>({ stream, decider }: Aggregate<S, C, E>, id: string): S {
    return this.view({ stream, view: decider }, id);
  }

  /** The same, as somebody else reads it. */
  view<S, E extends DomainEvent>({ stream, view }: StreamView<S, E>, id: string): S {
    const name = `${stream.category}-${id}`;
    const states = this.folded.get(view.evolve) ?? new Map<string, { state: unknown; events: number }>();
    const { state, events: seen } = states.get(name) ?? { state: view.initial, events: 0 };
    const events = this.streams.get(name) ?? [];
    // The category says of which type its events are, and who folds them of which type the state is.
    const next = (events.slice(seen) as unknown as E[]).reduce(view.evolve, state as S);
    this.folded.set(view.evolve, states.set(name, { state: next, events: events.length }));
    return next;
  }

  /** Decides and records; throws the decider's `Rejection`. Answers what it added, as it is recorded. */
  give<S, C extends DomainCommand, E extends DomainEvent>(
    aggregate: Aggregate<S, C, E>,
    id: string,
    command: C,
  ): readonly RecordedEvent[] {
    const added = aggregate.decider.decide(command, this.state(aggregate, id));
    return added.map((event) => this.record(`${aggregate.stream.category}-${id}`, event));
  }

  /** The ids of every stream of a category, oldest first. */
  ids({ stream }: { readonly stream: { readonly category: string } }): readonly string[] {
    const prefix = `${stream.category}-`;
    return [...this.streams.keys()].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  }

  /** How many events a stream has. */
  revision({ stream }: { readonly stream: { readonly category: string } }, id: string): number {
    return this.streams.get(`${stream.category}-${id}`)?.length ?? 0;
  }

  wait(ms: number): void {
    this.now = later(this.now, ms) ?? this.now;
  }

  private record(stream: string, event: DomainEvent): RecordedEvent {
    const before = this.streams.get(stream) ?? [];
    const position = this.log.length;
    const recorded: RecordedEvent = {
      ...event,
      id: `e${position}`,
      version: 1,
      metadata,
      stream,
      revision: before.length,
      position: BigInt(position),
      recordedAt: this.now,
    };
    this.streams.set(stream, [...before, event]);
    this.log.push(recorded);
    return recorded;
  }
}
