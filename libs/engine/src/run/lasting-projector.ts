import type { Position } from '../ports/event-store';
import type { Follower } from './follower';
import { guarded } from './persist';
import type { Lag } from './progress';
import type { Projector } from './projector';
import { ReadModelsLost, type ReadModelProgress } from './read-model-progress';
import type { TurnTaking } from './turn-taking';

/**
 * How often progress is saved, and looked whether the read models are still there, in milliseconds. So long may answers
 * lack something after somebody removed read models that no event touches.
 */
const lookEveryMs = 1_000;

type OnError = (error: unknown) => void;

interface Parts {
  /** Each page of the log takes one. */
  readonly turns: TurnTaking;
  readonly onError: OnError | undefined;
  newProgress(): ReadModelProgress;
  /** Begins to read the log where the progress says, and tells of every failure. */
  follow(progress: ReadModelProgress, onError: OnError): Follower;
}

/** One attempt to keep up with the log, and what it knows of the collections it writes to. */
interface Run {
  readonly follower: Follower;
  readonly progress: ReadModelProgress;
  saved: Position;
}

/** Read models that outlive the process: goes on where they are, and folds them anew when somebody removed them. */
export class LastingProjector implements Projector {
  private run: Run;
  private readonly timer: NodeJS.Timeout;
  private readonly tell: OnError;
  private looking: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(private readonly parts: Parts) {
    this.tell = guarded(parts.onError);
    this.run = this.begin();
    this.timer = setInterval(
      () => (this.looking = this.looking.then(() => parts.turns.run(() => this.look()))),
      lookEveryMs,
    ).unref();
  }

  caughtUp(): Promise<void> {
    return this.ofNewest((follower) => follower.caughtUp());
  }

  ready(): Promise<void> {
    return this.ofNewest((follower) => follower.ready());
  }

  position(): Position {
    return this.run.follower.position();
  }

  lag(): Promise<Lag> {
    return this.run.follower.lag();
  }

  exchange(collection: string, action: () => Promise<void>): Promise<void> {
    return this.parts.turns.run(async () => {
      await action();
      await this.run.progress.move(collection);
    });
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.run.follower.stop();
    await this.looking;
    await this.parts.turns.run(() => this.look());
  }

  private begin(): Run {
    const progress = this.parts.newProgress();
    const run: Run = { progress, follower: this.parts.follow(progress, (error) => this.failed(run, error)), saved: 0n };
    return run;
  }

  private failed(run: Run, error: unknown): void {
    this.tell(error);
    if (!(error instanceof ReadModelsLost) || run !== this.run || this.isStopped) return;
    this.run = this.begin();
    void run.follower.stop();
  }

  private async look(): Promise<void> {
    const { run } = this;
    try {
      await run.progress.checkAll();
      const position = run.follower.position();
      if (position > run.saved) await run.progress.save(position);
      run.saved = position;
    } catch (error) {
      this.failed(run, error);
    }
  }

  /** Whoever waits for a follower that was given up waits for its successor. */
  private async ofNewest(ask: (follower: Follower) => Promise<void>): Promise<void> {
    const { run } = this;
    try {
      await ask(run.follower);
    } catch (error) {
      if (run === this.run) throw error;
      await this.ofNewest(ask);
    }
  }
}
