import type { Position } from '../ports/event-store';
import type { Checkpoints } from '../ports/runtime';

/** At most one save in this time, in milliseconds: what a crash delivers again costs less than saving per event. */
const intervalMs = 200;

/** What is saved, where, and who is told when that fails. */
export interface SavePlan {
  readonly checkpoints: Pick<Checkpoints, 'save'>;
  readonly name: string;
  readonly fence?: bigint | undefined;
  readonly onError: (error: unknown) => void;
  /** Up to here everything is safe. */
  position(): Position;
}

/** Saves how far a loop has come, now and then. */
export class CheckpointSaver {
  private timer: NodeJS.Timeout | null = null;
  private saving: Promise<void> = Promise.resolve();
  private isFinished = false;

  /** `saved` is what is stored already. */
  constructor(
    private readonly plan: SavePlan,
    private saved: Position,
  ) {}

  /** Says that the position may have moved. */
  note(): void {
    if (this.timer || this.isFinished || this.plan.position() <= this.saved) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.save();
    }, intervalMs).unref();
  }

  /** Saves now, for the last time. A failure is told, and costs only that some events are delivered again. */
  async finish(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.isFinished = true;
    await this.save();
  }

  private save(): Promise<void> {
    this.saving = this.saving.then(() => this.write());
    return this.saving;
  }

  private async write(): Promise<void> {
    const position = this.plan.position();
    if (position <= this.saved) return;
    try {
      await this.plan.checkpoints.save(this.plan.name, position, this.plan.fence);
      this.saved = position;
    } catch (error) {
      this.plan.onError(error);
    }
    this.note();
  }
}
