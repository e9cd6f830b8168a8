import type {
  ApprovalEvent,
  DelegationEvent,
  PolicyEvent,
  PrincipalEvent,
  RequestEvent,
  RoleScheduleEvent,
} from '@pim/contracts';
import type { RecordedEvent } from '@pim/engine';

export type AnyEvent =
  RequestEvent | ApprovalEvent | DelegationEvent | RoleScheduleEvent | PolicyEvent | PrincipalEvent;

/** An event of a history, without any of the code that made it. */
export type Told<E extends AnyEvent = AnyEvent> = E extends AnyEvent
  ? E & { readonly index: number; readonly stream: string; readonly recordedAt: string; readonly id: string }
  : never;

/** A history as a list of events, in the order in which they were recorded. */
export const told = (log: readonly RecordedEvent[]): readonly Told[] =>
  // Only these deciders write to it.
  log.map((event, index) => ({ ...event, index })) as unknown as readonly Told[];

/** Those of these types. */
export const ofType = <T extends AnyEvent['type']>(
  events: readonly Told[],
  ...types: readonly T[]
): readonly Told<Extract<AnyEvent, { type: T }>>[] =>
  events.filter((event): event is Told<Extract<AnyEvent, { type: T }>> => types.some((type) => type === event.type));

/** The stream of a category with this id. */
export const streamOf = (events: readonly Told[], category: string, id: string): readonly Told[] =>
  events.filter(({ stream }) => stream === `${category}-${id}`);
