/** Lets work on the same key happen one after another, in the order of asking, and work on other keys beside it. */
export class Turns {
  /** By key: what the next one waits for. A key nobody holds or waits for is not kept. */
  private readonly last = new Map<string, Promise<void>>();

  /** How many keys somebody holds or waits for. */
  get size(): number {
    return this.last.size;
  }

  /** Resolves when it is the caller's turn. The turn lasts until the answer is called; calling it again does nothing. */
  async take(key: string): Promise<() => void> {
    const before = this.last.get(key);
    let pass: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => (pass = resolve));
    this.last.set(key, mine);
    await before;
    return () => {
      pass();
      if (this.last.get(key) === mine) this.last.delete(key);
    };
  }
}
