import type { DomainEvent, View } from '@pim/kernel';
import type { CommandContext } from './aggregate';
import type { Loaded } from './journal';
import type { Known } from './state-cache';

/** A command as a question to the state, and who asks it. */
export interface Asked<S, E extends DomainEvent> {
  readonly context: CommandContext;
  decide(state: S): readonly E[];
}

/** What the decider made of one command: facts (perhaps none) and the stream after them, or what it threw. */
export type Verdict<S, E extends DomainEvent> =
  | { readonly kind: 'decided'; readonly events: readonly E[]; readonly after: Loaded<S> }
  | { readonly kind: 'thrown'; readonly error: unknown };

/** Verdicts in the order of the commands, and the stream after all of them. */
export interface Decided<S, E extends DomainEvent> {
  readonly verdicts: readonly Verdict<S, E>[];
  readonly after: Loaded<S>;
}

/**
 * Decides commands one after another, each on the state the ones before it would leave. A command that is on record
 * already is silent. The verdicts hold only if all the facts are appended together right after `known.revision`.
 */
export const decideBatch = <S, E extends DomainEvent>(
  { evolve }: View<S, E>,
  asked: readonly Asked<S, E>[],
  known: Known<S>,
): Decided<S, E> => {
  const done = new Set<string>();
  const verdicts: Verdict<S, E>[] = [];
  let after: Loaded<S> = { state: known.state, revision: known.revision };
  for (const one of asked) {
    const { commandId } = one.context;
    const repeated = known.recordedCommands.has(commandId) || done.has(commandId);
    const verdict: Verdict<S, E> = repeated ? { kind: 'decided', events: [], after } : decideOne(evolve, one, after);
    verdicts.push(verdict);
    if (verdict.kind === 'thrown') continue;
    after = verdict.after;
    if (verdict.events.length > 0) done.add(commandId);
  }
  return { verdicts, after };
};

const decideOne = <S, E extends DomainEvent>(
  evolve: View<S, E>['evolve'],
  asked: Asked<S, E>,
  { state, revision }: Loaded<S>,
): Verdict<S, E> => {
  try {
    const events = asked.decide(state);
    const after = { state: events.reduce(evolve, state), revision: revision + events.length };
    return { kind: 'decided', events, after };
  } catch (error) {
    return { kind: 'thrown', error };
  }
};
