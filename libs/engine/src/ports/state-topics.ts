import type { StateName } from '@pim/contracts';
import type { RecordedEvent } from './event-store';

/** What holds under one key. */
export interface State {
  readonly key: string;
  /** null: nothing is left. */
  readonly value: object | null;
  /** The event that made it so, or a later one about the same key. */
  readonly cause: RecordedEvent;
}

/** Where others read what holds now, one value for each key, without reading how it came about. */
export interface StateTopics {
  /** Resolves when it is safe: at least once, in the order of the calls for one key. */
  tell(name: StateName, state: State): Promise<void>;
}
