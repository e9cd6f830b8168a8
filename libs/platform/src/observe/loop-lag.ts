/** How often it is looked whether the event loop turns, in milliseconds. */
const everyMs = 1_000;

/** How late the event loop is: the only thing that a restart of the process is sure to mend. */
export class LoopLag {
  private last: number;
  private lateMs = 0;

  constructor(private readonly now: () => number = () => performance.now()) {
    this.last = now();
  }

  /** Looks every second until it is told to stop; keeps no process alive. */
  start(): () => void {
    const timer = setInterval(() => this.tick(), everyMs).unref();
    return () => clearInterval(timer);
  }

  tick(): void {
    this.lateMs = this.sinceLastMs();
    this.last = this.now();
  }

  /** Milliseconds: what the last look was late, or the next one is by now. */
  ms(): number {
    return Math.max(this.lateMs, this.sinceLastMs());
  }

  private sinceLastMs(): number {
    return Math.max(0, this.now() - this.last - everyMs);
  }
}
