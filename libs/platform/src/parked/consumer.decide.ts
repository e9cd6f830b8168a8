import { consumerStream, type Actor, type ConsumerEvent, type Instant } from '@pim/contracts';
import type { Aggregate } from '@pim/engine';
import type { DomainCommand } from '@pim/kernel';

/** `count`: what is aside for the consumer now, and asked for. */
export type RequestReplay = DomainCommand<
  'RequestReplay',
  { group: string; eventId: string | null; count: number; by: Actor; now: Instant }
>;

/** Nothing that was asked before matters to what is asked next. */
type ConsumerState = null;

/** Never refuses; silent when nothing is aside. */
export const decide = ({ data }: RequestReplay): readonly ConsumerEvent[] => {
  const { group, eventId, count, by, now } = data;
  if (count === 0) return [];
  return [{ type: 'ConsumerReplayRequested', data: { group, eventId, count, by, at: now } }];
};

/** Stream `consumer-<group>`: who asked that it is given again what was set aside. */
export const consumer: Aggregate<ConsumerState, RequestReplay, ConsumerEvent> = {
  stream: consumerStream,
  decider: { initial: null, evolve: () => null, decide },
};
