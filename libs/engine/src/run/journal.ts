import type { DomainCommand, DomainEvent } from '@pim/kernel';
import type { Position, Revision } from '../ports/event-store';
import type { Aggregate, CommandContext, StreamView } from './aggregate';

/** A stream's state and how far it was read; `revision` is -1 for an absent stream. */
export interface Loaded<S> {
  readonly state: S;
  readonly revision: Revision;
}

/** What a command added. No events: it was already honoured. */
export interface Executed<S, E extends DomainEvent> {
  readonly events: readonly E[];
  readonly state: S;
  readonly revision: Revision;
  /** Where the last event written stands, or one recorded together with it just after; null when nothing was. */
  readonly position: Position | null;
}

/** Reads and writes streams through deciders, keeping the folded state of recent streams so that a hot one stays cheap. */
export interface Journal {
  /** The current state of a stream, never a stale one. */
  load<S, E extends DomainEvent>(view: StreamView<S, E>, id: string): Promise<Loaded<S>>;
  /**
   * load → decide → append under the revision that was read; decided again when somebody else wrote first.
   * Throws the decider's `Rejection`, `WrongRevision` when it lost ten times, or `StoreUnavailable`.
   */
  execute<S, C extends DomainCommand, E extends DomainEvent>(
    aggregate: Aggregate<S, C, E>,
    id: string,
    command: C,
    context: CommandContext,
  ): Promise<Executed<S, E>>;
}
