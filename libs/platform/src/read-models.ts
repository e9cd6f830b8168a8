import { DocumentsUnavailable, within } from '@pim/engine';

/** How long a reader waits for read models, in milliseconds, before it is told that they are behind. */
const patienceMs = 2_000;

/** They do not hold yet what was recorded. Whoever reacts to an event waits for them; whoever calls is told 503. */
export class ReadModelsBehind extends DocumentsUnavailable {
  constructor() {
    super('Read models are behind the log. Try again.');
    this.name = 'ReadModelsBehind';
  }
}

/** Whether read models hold what was recorded; the loops say so once they run, until then nobody can. */
export class ReadModels {
  private start: (caughtUp: () => Promise<void>) => void = () => undefined;
  private readonly started = new Promise<() => Promise<void>>((resolve) => (this.start = resolve));

  /** The loops' own answer. A reaction may ask before it is here: they begin to work before the process is ready. */
  set caughtUp(caughtUp: () => Promise<void>) {
    this.start(caughtUp);
  }

  /** Resolves when they hold everything recorded before the call; 503 when that takes too long. */
  async fresh(): Promise<void> {
    await within(
      patienceMs,
      this.started.then((caughtUp) => caughtUp()),
      () => new ReadModelsBehind(),
    );
  }
}
