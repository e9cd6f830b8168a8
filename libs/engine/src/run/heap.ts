/** A binary heap: the first item in an order, at a cost that grows with the logarithm of the size. */
export class Heap<T> {
  private items: T[] = [];

  constructor(private readonly isBefore: (a: T, b: T) => boolean) {}

  get size(): number {
    return this.items.length;
  }

  first(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    let hole = this.items.length;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = this.items[parent];
      if (above === undefined || !this.isBefore(item, above)) break;
      this.items[hole] = above;
      hole = parent;
    }
    this.items[hole] = item;
  }

  /** Removes the first item. */
  pop(): T | undefined {
    const first = this.items[0];
    const last = this.items.pop();
    if (last !== undefined && this.items.length > 0) this.sink(0, last);
    return first;
  }

  /** Keeps only some items, at a cost that grows with the size. */
  retain(isKept: (item: T) => boolean): void {
    this.items = this.items.filter(isKept);
    for (let at = (this.items.length >> 1) - 1; at >= 0; at--) {
      const item = this.items[at];
      if (item !== undefined) this.sink(at, item);
    }
  }

  private sink(from: number, item: T): void {
    let hole = from;
    for (let child = this.earlierChild(hole); child !== null; child = this.earlierChild(hole)) {
      if (!this.isBefore(child.item, item)) break;
      this.items[hole] = child.item;
      hole = child.at;
    }
    this.items[hole] = item;
  }

  private earlierChild(of: number): { readonly at: number; readonly item: T } | null {
    const [left, right] = [this.items[2 * of + 1], this.items[2 * of + 2]];
    if (left === undefined) return null;
    return right !== undefined && this.isBefore(right, left)
      ? { at: 2 * of + 2, item: right }
      : { at: 2 * of + 1, item: left };
  }
}
