import { setImmediate } from 'node:timers/promises';
import type { DomainEvent } from '@pim/kernel';
import {
  StoreUnavailable,
  WrongRevision,
  type EventMetadata,
  type EventStore,
  type NewEvent,
  type Position,
} from '../ports/event-store';
import type { CommandContext, StreamView } from './aggregate';
import { decideBatch, type Asked, type Decided } from './decide-batch';
import { eventId, writtenVersion } from './event-codec';
import type { Executed } from './journal';
import type { Known, StateCache } from './state-cache';
import type { StreamReader } from './stream-reader';

/** How often commands are decided again when somebody else wrote first. */
const maxAttempts = 10;

/** Commands appended together at most, well below what one append may hold. */
const maxBatch = 32;

interface Job<S, E extends DomainEvent> extends Asked<S, E> {
  resolve(executed: Executed<S, E>): void;
  reject(error: unknown): void;
}

/** What all lanes of one journal share. */
export interface LaneTools {
  readonly eventStore: Pick<EventStore, 'append'>;
  readonly reader: StreamReader;
  readonly cache: StateCache;
  /** Streams where an append ended without an answer. */
  readonly suspects: Set<string>;
  readonly isOnlyWriter: boolean;
}

/**
 * The commands for one stream, one after another. Those that arrive while an append is under way are decided together
 * and appended at once, so a stream that many want is not slower than the disk. Nobody is answered before it is durable.
 */
export class Lane<S, E extends DomainEvent> {
  private readonly waiting: Job<S, E>[] = [];

  constructor(
    private readonly tools: LaneTools,
    private readonly source: StreamView<S, E>,
    private readonly stream: string,
  ) {}

  /** Commands that wait for the next step. */
  get size(): number {
    return this.waiting.length;
  }

  submit(asked: Asked<S, E>): Promise<Executed<S, E>> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ decide: (state) => asked.decide(state), context: asked.context, resolve, reject });
    });
  }

  /** Carries out the commands that wait. Never throws: what goes wrong is the answer to whoever asked. */
  async step(): Promise<void> {
    await this.settle(this.waiting.splice(0, maxBatch));
  }

  private async settle(jobs: readonly Job<S, E>[]): Promise<void> {
    try {
      await this.carryOut(jobs);
    } catch (error) {
      const passing = error instanceof WrongRevision || error instanceof StoreUnavailable;
      // An append that can never succeed must fail only the command that made it so.
      if (jobs.length > 1 && !passing) for (const job of jobs) await this.settle([job]);
      else for (const job of jobs) job.reject(error);
    }
  }

  private async carryOut(jobs: readonly Job<S, E>[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        if (attempt === 1 && (await this.attemptUnread(jobs))) return;
        await this.attempt(jobs, await this.tools.reader.read(this.source, this.stream), true);
        return;
      } catch (error) {
        if (!(error instanceof WrongRevision) || attempt === maxAttempts) throw error;
        await setImmediate();
      }
    }
  }

  private async attemptUnread(jobs: readonly Job<S, E>[]): Promise<boolean> {
    if (!this.tools.isOnlyWriter) return false;
    const cached = this.tools.cache.get(this.source.view, this.stream);
    return cached.revision >= 0 && this.attempt(jobs, cached, false);
  }

  /**
   * Decides, appends and answers. A state that may not be fresh serves only commands that all add facts, because the
   * append under its revision shows whether it was; false when it was of no use.
   */
  private async attempt(jobs: readonly Job<S, E>[], known: Known<S>, isFresh: boolean): Promise<boolean> {
    const decided = decideBatch(this.source.view, jobs, known);
    if (!isFresh && !allAdd(decided)) return false;
    const events = this.newEvents(jobs, decided);
    const position = events.length === 0 ? null : await this.append(events, known.revision);
    if (position !== null) this.remember(events, { ...known, ...decided.after });
    answer(jobs, decided, position);
    return true;
  }

  private newEvents(jobs: readonly Job<S, E>[], { verdicts }: Decided<S, E>): readonly NewEvent[] {
    return jobs.flatMap(({ context }, n) => {
      const verdict = verdicts[n];
      if (verdict?.kind !== 'decided') return [];
      const metadata = metadataOf(context);
      const { commandId } = context;
      return verdict.events.map(({ type, data }, index): NewEvent => {
        const version = writtenVersion(this.source.stream, type);
        return { id: eventId(commandId, index), type, version, data, metadata };
      });
    });
  }

  private async append(events: readonly NewEvent[], revision: number): Promise<Position> {
    const { eventStore, cache, suspects } = this.tools;
    try {
      const { position } = await eventStore.append(this.stream, events, revision < 0 ? 'no-stream' : revision);
      return position;
    } catch (error) {
      if (error instanceof WrongRevision) {
        // A log that is behind what was read from it is not the one it was read from.
        if (error.actual === 'no-stream' || error.actual < revision) cache.drop(this.source.view, this.stream);
        throw error;
      }
      cache.drop(this.source.view, this.stream);
      suspects.add(this.stream);
      throw error;
    }
  }

  private remember(events: readonly NewEvent[], known: Known<S>): void {
    const { cache, suspects } = this.tools;
    for (const { metadata } of events) known.recordedCommands.add(metadata.causationId);
    // After an append without an answer, a repeated one may be answered for facts recorded the first time, which can
    // differ in their instants. Then only the log says what the state is.
    if (suspects.delete(this.stream)) cache.drop(this.source.view, this.stream);
    else cache.put(this.source.view, this.stream, known);
  }
}

const metadataOf = ({
  actor,
  authentication,
  correlationId,
  commandId,
  traceparent,
}: CommandContext): EventMetadata => ({
  actor,
  authentication,
  correlationId,
  causationId: commandId,
  ...(traceparent ? { traceparent } : {}),
});

const allAdd = <S, E extends DomainEvent>({ verdicts }: Decided<S, E>): boolean =>
  verdicts.every((verdict) => verdict.kind === 'decided' && verdict.events.length > 0);

const answer = <S, E extends DomainEvent>(
  jobs: readonly Job<S, E>[],
  { verdicts }: Decided<S, E>,
  position: Position | null,
): void => {
  for (const [n, job] of jobs.entries()) {
    const verdict = verdicts[n];
    if (verdict?.kind !== 'decided') job.reject(verdict?.error);
    else
      job.resolve({ events: verdict.events, ...verdict.after, position: verdict.events.length > 0 ? position : null });
  }
};
