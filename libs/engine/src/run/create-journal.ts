import type { StreamContract } from '@pim/contracts';
import type { DomainEvent } from '@pim/kernel';
import type { EventStore } from '../ports/event-store';
import type { StreamView } from './aggregate';
import type { Asked } from './decide-batch';
import type { Executed, Journal } from './journal';
import { Lane, type LaneTools } from './lane';
import { StateCache } from './state-cache';
import { StreamReader } from './stream-reader';

export interface JournalOptions {
  readonly eventStore: Pick<EventStore, 'append' | 'read'>;
  /** Folded streams kept in memory; the ones used longest ago are forgotten first. Default 10,000. */
  readonly maxCached?: number;
  /**
   * Whether nobody else appends to this store, as with an embedded one: then a stream that is cached is appended to
   * without being read first. With other writers the store might take such an append for the repetition of theirs.
   */
  readonly isOnlyWriter?: boolean;
}

/**
 * A journal over an event store. A command id that is on record in a stream is silent there, whatever the decider would
 * say now; commands for one stream that come at the same time share an append.
 */
export const createJournal = ({ eventStore, maxCached = 10_000, isOnlyWriter = false }: JournalOptions): Journal => {
  const cache = new StateCache(maxCached);
  const reader = new StreamReader(eventStore, cache);
  const lanes = new Lanes({ eventStore, reader, cache, suspects: new Set(), isOnlyWriter });
  return {
    load: async <S, E extends DomainEvent>(view: StreamView<S, E>, id: string) => {
      const { state, revision } = await reader.read(view, streamName(view.stream, id));
      return { state, revision };
    },
    execute: ({ stream, decider }, id, command, context) =>
      lanes.execute({ stream, view: decider }, id, { context, decide: (state) => decider.decide(command, state) }),
  };
};

const streamName = ({ category }: StreamContract, id: string): string => `${category}-${id}`;

class Lanes {
  private readonly busy = new Map<string, unknown>();

  constructor(private readonly tools: LaneTools) {}

  execute<S, E extends DomainEvent>(source: StreamView<S, E>, id: string, asked: Asked<S, E>): Promise<Executed<S, E>> {
    const stream = streamName(source.stream, id);
    const key = this.tools.cache.keyOf(source.view, stream);
    // The key names the function that folds the stream, so the lane under it is for this state and these events.
    const open = this.busy.get(key) as Lane<S, E> | undefined;
    const lane = open ?? new Lane(this.tools, source, stream);
    const executed = lane.submit(asked);
    if (!open) void this.run(key, lane);
    return executed;
  }

  private async run(key: string, lane: { readonly size: number; step(): Promise<void> }): Promise<void> {
    this.busy.set(key, lane);
    while (lane.size > 0) await lane.step();
    this.busy.delete(key);
  }
}
