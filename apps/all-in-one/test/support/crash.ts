import type { Ports } from '@pim/platform';

/** The calls of a process that leave traces: in the log, on the bus, in a checkpoint, in a read model. */
export type Call = 'append' | 'publish' | 'checkpoint' | 'put';

/** The n-th call of one kind, counted from 1, before it is made or after it was carried out and not yet answered. */
export interface CrashPoint {
  readonly call: Call;
  readonly when: 'before' | 'after';
  readonly nth: number;
}

type Work<T> = () => Promise<T>;
type EventStore = Ports['eventStore'];
type Subscribe = EventStore['subscribe'];

const never = <T>(): Promise<T> => new Promise(() => undefined);

/**
 * Stops a process at a point, as a power switch would: from then on no call through its ports returns, and none
 * reaches what is behind them. What was under way may still get there, as it may before a real crash.
 */
export class Crash {
  readonly happened: Promise<void>;
  private isDead = false;
  private isArmed = false;
  private calls = 0;
  private die: () => void = () => undefined;

  constructor(private readonly point: CrashPoint) {
    this.happened = new Promise((resolve) => {
      this.die = () => {
        this.isDead = true;
        resolve();
      };
    });
  }

  /** Whether the process stands still. */
  get hasHappened(): boolean {
    return this.isDead;
  }

  /** Calls count from here on. */
  arm(): this {
    this.isArmed = true;
    return this;
  }

  /** Ports that stop with the process. */
  readonly through = ({ eventStore, checkpoints, bus, documents, ...others }: Ports): Ports => ({
    ...others,
    eventStore: {
      append: (...a) => this.around('append', () => eventStore.append(...a)),
      read: (...a) => this.living(() => eventStore.read(...a)),
      readAll: (...a) => this.living(() => eventStore.readAll(...a)),
      head: () => this.living(() => eventStore.head()),
      subscribe: (...a) => this.subscribe(eventStore, a),
      close: () => this.living(() => eventStore.close()),
    },
    checkpoints: {
      load: (...a) => this.living(() => checkpoints.load(...a)),
      save: (...a) => this.around('checkpoint', () => checkpoints.save(...a)),
    },
    bus: {
      publish: (...a) => this.around('publish', () => bus.publish(...a)),
      consume: (...a) => this.living(() => bus.consume(...a)),
      parked: () => this.living(() => bus.parked()),
      replay: (...a) => this.living(() => bus.replay(...a)),
      close: () => this.living(() => bus.close()),
    },
    documents: {
      isLasting: documents.isLasting,
      get: (collection, key) => this.living(() => documents.get(collection, key)),
      put: (...a) => this.around('put', () => documents.put(...a)),
      find: (collection, query) => this.living(() => documents.find(collection, query)),
      count: (...a) => this.living(() => documents.count(...a)),
      index: (...a) => this.living(() => documents.index(...a)),
      drop: (...a) => this.living(() => documents.drop(...a)),
    },
  });

  /** The store behind must be able to close: a handler of a dead process fails instead of staying for ever. */
  private subscribe(eventStore: EventStore, [options, handle]: Parameters<Subscribe>): ReturnType<Subscribe> {
    const dead = this.happened.then(() => Promise.reject(new Error('The process is dead.')));
    dead.catch(() => undefined);
    const onError: typeof options.onError = (...told) => (this.isDead ? undefined : options.onError?.(...told));
    return this.living(() =>
      eventStore.subscribe({ ...options, onError }, (event) => Promise.race([dead, this.living(() => handle(event))])),
    );
  }

  private async around<T>(call: Call, work: Work<T>): Promise<T> {
    const isIt = this.isArmed && !this.isDead && call === this.point.call && ++this.calls === this.point.nth;
    if (isIt && this.point.when === 'before') this.die();
    const answer = await this.living(work);
    if (isIt) this.die();
    return this.isDead ? never() : answer;
  }

  private async living<T>(work: Work<T>): Promise<T> {
    if (this.isDead) return never();
    try {
      return await work();
    } finally {
      // Neither an answer nor a failure reaches the dead.
      if (this.isDead) await never();
    }
  }
}
