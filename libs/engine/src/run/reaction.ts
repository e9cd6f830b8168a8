import type { StreamContract } from '@pim/contracts';
import type { DomainEvent } from '@pim/kernel';
import type { RecordedEvent } from '../ports/event-store';
import type { CommandContext } from './aggregate';

/**
 * "Whenever this happens, ask for that." Pure: looks only at the event. The context's command id is
 * `<event id>:<reaction name>`, so a redelivered event asks for the same thing, not for a second one. A reaction that
 * asks for several things gives each an id of its own by a suffix that does not change: `<command id>:0`, `:1` …
 */
export interface Reaction<E extends DomainEvent = DomainEvent, C extends object = object> {
  /** kebab-case, unique within its context. */
  readonly name: string;
  readonly source: StreamContract<E['type']>;
  react(event: E, context: CommandContext, recorded: RecordedEvent): readonly C[];
}
