import {
  startLeasedWork,
  startRelay,
  startScheduler,
  startStateFeed,
  type LeasedWork,
  type Relay,
  type Answered,
  type RunningStateFeed,
  type Scheduler,
  type Work,
} from '@pim/engine';
import type { Context } from '../context';
import type { Ports } from '../ports';

/** What one process at a time does for a context: publishing its events and what holds, and asking for what is due. */
export interface ContextWork extends Work {
  readonly relay: Relay | null;
  readonly scheduler: Scheduler | null;
  readonly feeds: readonly RunningStateFeed[];
}

/** With what the work is done. */
export interface WorkTools {
  readonly ports: Pick<Ports, 'eventStore' | 'bus' | 'checkpoints' | 'clock' | 'leases' | 'documents' | 'stateTopics'>;
  readonly dispatch: (command: object) => Promise<unknown>;
  /** Resolves when read models hold everything recorded before the call. */
  readonly caughtUp: () => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly onAnswered: (answered: Answered) => void;
}

/** Whether there is anything to do for a context besides answering. */
export const hasWork = ({ streams, deadlines }: Context): boolean => streams.length > 0 || deadlines.length > 0;

/** Does the work of a context while this process holds the lease `<context>.work`. */
export const startContextWork = (context: Context, tools: WorkTools): Promise<LeasedWork<ContextWork>> => {
  const { ports, onError } = tools;
  const start = async (fence: bigint): Promise<ContextWork> => {
    const relay = await relayOf(context, tools, fence);
    const scheduler = await schedulerOf(context, tools);
    const feeds = feedsOf(context, tools, fence);
    return {
      relay,
      scheduler,
      feeds,
      // All at once: the lease may be about to end.
      stop: async () => void (await Promise.all([scheduler?.stop(), relay?.stop(), ...feeds.map((one) => one.stop())])),
    };
  };
  return startLeasedWork({ leases: ports.leases, name: `${context.name}.work`, start, onError });
};

const relayOf = async (
  { name, streams }: Context,
  { ports, onError }: WorkTools,
  fence: bigint,
): Promise<Relay | null> => {
  if (streams.length === 0) return null;
  const { eventStore, bus, checkpoints } = ports;
  const categories = streams.map(({ category }) => category);
  return startRelay({ eventStore, bus, checkpoints, name: `${name}.relay`, fence, categories, onError });
};

const schedulerOf = async (
  { name, deadlines }: Context,
  { ports, dispatch, onError, onAnswered }: WorkTools,
): Promise<Scheduler | null> => {
  if (deadlines.length === 0) return null;
  const { eventStore, clock } = ports;
  return startScheduler({ eventStore, clock, deadlines, dispatch, context: name, onError, onAnswered });
};

const feedsOf = (
  { feeds = [] }: Context,
  { ports, caughtUp, onError }: WorkTools,
  fence: bigint,
): readonly RunningStateFeed[] => {
  const { stateTopics: topics, eventStore, documents, checkpoints } = ports;
  if (!topics) return [];
  return feeds.map((feed) =>
    startStateFeed({ feed, eventStore, documents, topics, checkpoints, fence, caughtUp, onError }),
  );
};
