import type { StateName, StreamContract } from '@pim/contracts';
import type { DomainEvent } from '@pim/kernel';
import type { Documents } from '../ports/documents';
import type { RecordedEvent } from '../ports/event-store';
import type { Checkpoints } from '../ports/runtime';
import type { StateTopics } from '../ports/state-topics';
import { CheckpointSaver } from './checkpoint-saver';
import { current } from './event-codec';
import { startFollower } from './follower';
import { createStop, guarded } from './persist';
import type { Lag, LogReader } from './progress';

/** What holds of something, for a compacted topic: "whenever this happens, look at that again". */
export interface StateFeed<E extends DomainEvent = DomainEvent> {
  readonly name: StateName;
  readonly source: StreamContract<E['type']>;
  /** Of what an event may change what holds. Never throws on a recorded event. */
  keys(event: E): readonly string[];
  /** What holds now, read from the context's read models; null: nothing. Asks no clock: time passes without an event. */
  read(documents: Pick<Documents, 'find'>, key: string): Promise<object | null>;
}

export interface StateFeedOptions {
  readonly feed: StateFeed;
  readonly eventStore: LogReader;
  readonly documents: Pick<Documents, 'find'>;
  readonly topics: StateTopics;
  readonly checkpoints: Checkpoints;
  /** Of the lease under which it runs; without it nobody else keeps the topic. */
  readonly fence?: bigint | undefined;
  /** Resolves when read models hold everything recorded before the call. */
  readonly caughtUp: () => Promise<void>;
  /** Told of every failure; the same events are then tried again. */
  readonly onError?: (error: unknown) => void;
}

/** Keeps one compacted topic. */
export interface RunningStateFeed {
  readonly name: StateName;
  /** Resolves when what the log held at the time of the call is told; rejects when stopped before. */
  caughtUp(): Promise<void>;
  /** What it has not looked at yet; rejects when the log cannot be read. */
  lag(): Promise<Lag>;
  /** Lets what is being told end, and saves the checkpoint. */
  stop(): Promise<void>;
}

/**
 * Tells what holds after every event that may have changed it, from its checkpoint on: what many events in a row left of
 * one key is told once. A crash means that some is told again. Without a checkpoint everything is told from the log anew.
 */
export const startStateFeed = (options: StateFeedOptions): RunningStateFeed => {
  const { feed, eventStore, checkpoints, fence } = options;
  const name = `state.${feed.name}`;
  const onError = guarded(options.onError);
  const stopping = createStop();
  const caughtUp = (): Promise<void> => unlessStopped(options.caughtUp(), stopping.signal);
  let told = 0n;
  const saver = new CheckpointSaver({ checkpoints, name, fence, onError, position: () => told }, 0n);
  const startAfter = async (): Promise<bigint> => (told = (await checkpoints.load(name, fence)) ?? 0n);
  const categories = [feed.source.category];
  const follower = startFollower(
    { name, eventStore, categories, startAfter, readsAhead: true, onError },
    async (events) => {
      await tell({ ...options, caughtUp }, events);
      told = events.at(-1)?.position ?? told;
      saver.note();
    },
  );
  return {
    name: feed.name,
    caughtUp: () => follower.caughtUp(),
    lag: () => follower.lag(),
    stop: async () => {
      stopping.abort();
      await follower.stop();
      await saver.finish();
    },
  };
};

/** A read model that is stuck must not hold up the end of the process. */
const unlessStopped = (work: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('The feed was stopped. What it had not told follows after the restart.'));
    signal.addEventListener('abort', stop);
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

const tell = async (options: StateFeedOptions, events: readonly RecordedEvent[]): Promise<void> => {
  const { feed, documents, topics } = options;
  const causes = new Map(
    events.flatMap((cause) => feed.keys(current(feed.source, cause)).map((key) => [key, cause] as const)),
  );
  if (causes.size === 0) return;
  await options.caughtUp();
  await Promise.all(
    [...causes].map(async ([key, cause]) =>
      topics.tell(feed.name, { key, value: await feed.read(documents, key), cause }),
    ),
  );
};
