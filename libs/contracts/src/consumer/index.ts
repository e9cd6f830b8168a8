import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant } from '../vocabulary';

/**
 * Recorded when somebody asks that a consumer is given again what was set aside for it, before it is given: who asked, and
 * for how much. What then becomes of it is told by the streams that the consumer writes to. Not recorded when nothing was
 * aside, and not for who may not ask.
 */
export type ConsumerReplayRequested = DomainEvent<
  'ConsumerReplayRequested',
  {
    /** The consumer, `pim.<context>.<reaction>`. */
    group: string;
    /** The one event that was asked for; null: all of them. */
    eventId: string | null;
    /** How many were aside and asked for. */
    count: number;
    by: Actor;
    at: Instant;
  }
>;

export type ConsumerEvent = ConsumerReplayRequested;

/** Stream `consumer-<group>`. */
export const consumerStream: StreamContract<ConsumerEvent['type']> = {
  category: 'consumer',
  context: 'alerting',
  events: [contract('ConsumerReplayRequested')],
};
