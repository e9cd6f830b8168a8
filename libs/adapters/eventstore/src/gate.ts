import { StoreUnavailable } from '@pim/engine';

/**
 * Lets so many through at once; the others wait in the order they came. A server takes about a hundred calls on one
 * connection: what is sent beyond that waits there with its deadline running, and what is then sent again makes it worse.
 */
export class Gate {
  private readonly waiting: (() => void)[] = [];
  private inside = 0;

  constructor(private readonly places: number) {}

  /** Throws `StoreUnavailable` when there was no place for so many milliseconds; then nothing was begun. */
  async pass<T>(waitMs: number, work: () => Promise<T>): Promise<T> {
    if (this.inside < this.places) this.inside += 1;
    else await this.place(waitMs);
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.inside -= 1;
    }
  }

  private place(waitMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(enter), 1);
        reject(
          new StoreUnavailable(
            `The event store is ${waitMs / 1000} s behind with what is asked of it. Nothing was sent; ask again later.`,
          ),
        );
      }, waitMs);
      this.waiting.push(enter);
    });
  }
}
