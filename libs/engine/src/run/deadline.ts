import type { Instant, StreamContract } from '@pim/contracts';
import type { DomainEvent } from '@pim/kernel';
import type { CommandContext } from './aggregate';

/** What an event does to the due-index: set, move (same key) or clear (`at` null) a deadline. */
export interface DueChange<Subject extends object> {
  readonly key: string;
  readonly at: Instant | null;
  readonly subject: Subject;
}

/**
 * "When this time has come, ask for that." The due-index is rebuilt from events, so a restart or a pause only makes a
 * deadline late, never lost; what is due may be asked for more than once and must then be silent.
 */
export interface Deadline<E extends DomainEvent = DomainEvent, S extends object = object, C extends object = object> {
  readonly name: string;
  readonly source: StreamContract<E['type']>;
  /** Its commands wait for somebody else's server: who waits for what is due does not wait for them. */
  readonly waitsForOthers?: true;
  due(event: E): readonly DueChange<S>[];
  command(subject: S, context: CommandContext): C;
}
