import type { Instant, StreamContract } from '@pim/contracts';
import { categoryOf, type RecordedEvent } from '../ports/event-store';
import type { Clock } from '../ports/runtime';
import type { Deadline } from './deadline';
import { DueIndex } from './due-index';
import { current } from './event-codec';
import { startFollower } from './follower';
import { guarded } from './persist';
import type { LogReader } from './progress';
import { DueDispatcher, type Answered } from './due-dispatcher';

export interface SchedulerOptions {
  readonly eventStore: LogReader;
  readonly clock: Clock;
  readonly deadlines: readonly Deadline[];
  readonly dispatch: (command: object) => Promise<unknown>;
  /** The bounded context it works for. */
  readonly context: string;
  /** Told of every failure; the same thing is then tried again. */
  readonly onError?: (error: unknown) => void;
  /** Told of every deadline that was answered, not of one that the rules refused or that failed. */
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
}

export type { Answered } from './due-dispatcher';

/** Asks for what is due. */
export interface Scheduler {
  /**
   * Resolves when everything that is due now, by what is in the log now, has been asked for and answered, but for what
   * waits for others; rejects when stopped before that.
   */
  caughtUp(): Promise<void>;
  /** Resolves when the due-index is built; nothing is asked for before. Rejects when stopped before that. */
  ready(): Promise<void>;
  /** Asks for nothing more, and resolves when what was asked for is answered. */
  stop(): Promise<void>;
  /** Deadlines that are set and not yet answered. */
  size(): number;
  /** When the oldest one that is due and not answered was due; null when there is none. */
  overdueSince(): Instant | null;
}

interface Route {
  readonly stream: StreamContract;
  readonly deadlines: readonly Deadline[];
}

/**
 * Rebuilds the due-index from the log and asks for what is due, earliest first. The same deadline asks under the same
 * command id, `<deadline>:<key>:<instant>`, however often it does. Resolves at once; the index is built in the background.
 */
export const startScheduler = async (options: SchedulerOptions): Promise<Scheduler> => {
  const { eventStore, clock, deadlines, dispatch, context } = options;
  const onError = guarded(options.onError);
  const onAnswered = guarded(options.onAnswered);
  const name = `The scheduler of ${context}`;
  const index = new DueIndex();
  const routes = routesOf(deadlines);
  const dispatcher = new DueDispatcher(index, { clock, dispatch, onError, onAnswered, name });
  const follower = startFollower({ name, eventStore, categories: [...routes.keys()], onError }, async (events) => {
    for (const event of events) note(routes, event, index);
    dispatcher.wake();
  });
  // A deadline may be cleared by a later event, so the first may fire only when all are known.
  const ready = follower.ready().then(() => dispatcher.start());
  ready.catch(() => undefined);
  return {
    ready: () => ready,
    caughtUp: async () => {
      await ready;
      await follower.caughtUp();
      await dispatcher.answered();
    },
    stop: async () => {
      await Promise.all([dispatcher.stop(), follower.stop()]);
    },
    size: () => index.size,
    overdueSince: () => dispatcher.overdueSince(),
  };
};

const routesOf = (deadlines: readonly Deadline[]): ReadonlyMap<string, Route> => {
  const routes = new Map<string, Route>();
  for (const deadline of deadlines) {
    const stream = deadline.source;
    const before = routes.get(stream.category)?.deadlines ?? [];
    routes.set(stream.category, { stream, deadlines: [...before, deadline] });
  }
  return routes;
};

const note = (routes: ReadonlyMap<string, Route>, recorded: RecordedEvent, index: DueIndex): void => {
  const route = routes.get(categoryOf(recorded.stream));
  if (!route) return;
  const event = current(route.stream, recorded);
  for (const deadline of route.deadlines)
    for (const change of deadline.due(event)) index.change(deadline, change, recorded.metadata.correlationId);
};
