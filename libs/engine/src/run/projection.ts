import type { StreamContract } from '@pim/contracts';
import type { DomainEvent } from '@pim/kernel';
import type { Order } from '../ports/documents';
import type { RecordedEvent } from '../ports/event-store';

/** A read model as a pure function of events. Folding an event in twice changes nothing: the runner sees to it. */
export interface Projection<D extends object = object, E extends DomainEvent = DomainEvent> {
  /** `<context>.<readModel>` */
  readonly collection: string;
  /**
   * 1 without it. Raise it when something else is held for the same events: the release then folds its own documents, and
   * leaves those of the one before alone.
   */
  readonly version?: number;
  /** What pages are read by: orders, and fields looked for with the order that they are listed in behind them. */
  readonly indexes?: readonly Order[];
  readonly sources: readonly StreamContract[];
  /** The documents an event concerns; none: it is not for this read model. */
  keys(event: E, recorded: RecordedEvent): readonly string[];
  /** `null` in: no document yet. `null` out: remove it. Never throws on a recorded event. */
  evolve(document: D | null, event: E, recorded: RecordedEvent, key: string): D | null;
}
