import type { StreamContract } from '@pim/contracts';
import type { Decider, DomainCommand, DomainEvent, View } from '@pim/kernel';
import type { Actor, Authentication } from '@pim/contracts';
import { uuidFrom } from './event-codec';

/** A decider bound to the category of streams it owns. */
export interface Aggregate<S, C extends DomainCommand, E extends DomainEvent> {
  readonly stream: StreamContract<E['type']>;
  readonly decider: Decider<S, C, E>;
}

/** The reading half: what one category of streams means to whoever reads it. */
export interface StreamView<S, E extends DomainEvent> {
  readonly stream: StreamContract<E['type']>;
  readonly view: View<S, E>;
}

/** Who asks, and under which ids the answer is recorded. */
export interface CommandContext {
  /** The same id asked twice records one set of events. */
  readonly commandId: string;
  readonly correlationId: string;
  readonly actor: Actor;
  readonly authentication: Authentication | null;
  /** Whether something is on record under this id already: it is asked again, by somebody who missed the answer. */
  readonly isRepeated?: boolean;
  /** W3C trace context of what asks: goes into the metadata of what is recorded, and changes nothing else. */
  readonly traceparent?: string;
}

/** The same context for one of several appends under one id: each records under an id of its own, told by `suffix`. */
export const under = (context: CommandContext, suffix: string | number): CommandContext => ({
  ...context,
  commandId: `${context.commandId}:${suffix}`,
});

/** The id of what a command makes: the same when the command comes again. */
export const idUnder = ({ commandId }: CommandContext): string => uuidFrom(`${commandId}:id`);

/** What `system` did by itself, for example an expiry. */
export const systemActor = (what: string): Actor => ({ id: `system:${what}`, kind: 'system' });
