/** Runs tasks of one stream one after another, in the order in which they came, and different streams side by side. */
export class StreamQueues {
  private readonly tails = new Map<string, Promise<void>>();

  /** Settles as the task does; a task that fails does not hold up the next one. */
  run<T>(stream: string, task: () => Promise<T>): Promise<T> {
    const result = (this.tails.get(stream) ?? Promise.resolve()).then(task);
    const tail: Promise<void> = result.then(
      () => this.leave(stream, tail),
      () => this.leave(stream, tail),
    );
    this.tails.set(stream, tail);
    return result;
  }

  /** Resolves when nothing is running or waiting. */
  async idle(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values());
  }

  private leave(stream: string, tail: Promise<void>): void {
    if (this.tails.get(stream) === tail) this.tails.delete(stream);
  }
}
