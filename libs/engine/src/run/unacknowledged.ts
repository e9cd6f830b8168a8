import type { Position } from '../ports/event-store';

/** Events handed over and not yet acknowledged, in the order of the log: says up to where everything is safe. */
export class Unacknowledged {
  /** From each event under way to the one handed over before it. */
  private readonly before = new Map<Position, Position>();

  constructor(private last: Position) {}

  add(position: Position): void {
    this.before.set(position, this.last);
    this.last = position;
  }

  acknowledge(position: Position): void {
    this.before.delete(position);
  }

  /** Everything up to this position is acknowledged. */
  get lowWater(): Position {
    for (const safe of this.before.values()) return safe;
    return this.last;
  }
}
