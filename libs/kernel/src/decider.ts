import type { DomainCommand, DomainEvent } from './messages';

/** One aggregate: where it starts, how facts change it, and which facts a command adds. */
export interface Decider<State, Command extends DomainCommand, Event extends DomainEvent> {
  readonly initial: State;
  /** Total and silent: takes any event in any state, never throws, never reads a clock. */
  readonly evolve: (state: State, event: Event) => State;
  /** Returns the new facts, `[]` when the command was already honoured, or throws a `Rejection`. */
  readonly decide: (command: Command, state: State) => readonly Event[];
}

/** Only the reading half of a decider: what somebody else's stream means to us. */
export type View<State, Event extends DomainEvent> = Pick<Decider<State, never, Event>, 'initial' | 'evolve'>;

/** The state after these events, from the beginning. */
export const fold = <State, Event extends DomainEvent>(view: View<State, Event>, events: readonly Event[]): State =>
  events.reduce(view.evolve, view.initial);
