import { createStop, guarded, pause, pauseAfter, reasonOf } from '@pim/engine';
import { ConsumerLife, type ConsumerLifeOptions } from './consumer-life';

export interface SupervisedConsumerOptions extends ConsumerLifeOptions {
  /** Before every start. */
  readonly onStart?: () => void;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** How a consumer does; readiness follows it. */
export interface ConsumerState {
  readonly group: string;
  /** Whether it is a member of its group and fetches. */
  readonly isRunning: boolean;
  /** How often it had to be started again. */
  readonly restarts: number;
  /** Why it last ended; null when it never did. */
  readonly failure: string | null;
}

/**
 * Keeps a consumer alive until it is stopped. kafkajs ends one for good on what it calls unrecoverable (a TypeError, an
 * answer it does not know), and may fall silent: here any end, whatever its reason, is followed by a new consumer that goes
 * on from the committed offsets, after a growing pause of at most 5 s.
 */
export class SupervisedConsumer {
  private readonly stopping = createStop();
  private readonly onError: (error: unknown) => void;
  private isRunning = false;
  private restarts = 0;
  private failure: string | null = null;
  private failuresInARow = 0;
  private readonly ended: Promise<void>;

  /** Starts at once, and goes on trying when no broker can be reached. */
  constructor(private readonly options: SupervisedConsumerOptions) {
    this.onError = guarded(options.onError);
    this.ended = this.supervise();
  }

  state(): ConsumerState {
    const { isRunning, restarts, failure } = this;
    return { group: this.options.group, isRunning, restarts, failure };
  }

  /** Resolves when no batch is being handled and none will be. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  private async supervise(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.options.onStart?.();
      const life = new ConsumerLife(this.options, () => this.noteFetch());
      const failure = await life.live(this.stopping.signal);
      this.isRunning = false;
      if (this.stopping.signal.aborted) return;
      this.failure = reasonOf(failure);
      this.restarts += 1;
      this.onError(failure);
      await pause(pauseAfter(++this.failuresInARow), this.stopping.signal);
    }
  }

  /** A fetch that came back: what failed before is over. */
  private noteFetch(): void {
    this.isRunning = true;
    this.failuresInARow = 0;
  }
}
