import type { Ports } from '@pim/platform';

/** Holds back the first append of an event type, so that a test decides what happens before it is recorded. */
export class Gate {
  private type: string | null = null;
  private arrive: () => void = () => undefined;
  private release: () => void = () => undefined;

  /** Resolves when an event of this type is about to be recorded; it then waits for `open`. */
  close(type: string): Promise<void> {
    this.type = type;
    return new Promise((resolve) => (this.arrive = resolve));
  }

  open(): void {
    this.release();
  }

  readonly through = ({ eventStore, ...others }: Ports): Ports => ({
    ...others,
    eventStore: {
      append: async (stream, events, expected) => {
        if (events.some(({ type }) => type === this.type)) await this.wait();
        return eventStore.append(stream, events, expected);
      },
      read: (...a) => eventStore.read(...a),
      readAll: (...a) => eventStore.readAll(...a),
      head: () => eventStore.head(),
      subscribe: (...a) => eventStore.subscribe(...a),
      close: () => eventStore.close(),
    },
  });

  private wait(): Promise<void> {
    this.type = null;
    const opened = new Promise<void>((resolve) => (this.release = resolve));
    this.arrive();
    return opened;
  }
}
