import { within } from '@pim/engine';
import { ApiError } from './auth';

/** How long a reader waits for read models, in milliseconds, before it is told that they are behind. */
const patienceMs = 2_000;

const behind = (): ApiError =>
  new ApiError(503, 'ServiceUnavailable', 'Read models are behind the log. Try again.', { 'Retry-After': '1' });

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
      behind,
    );
  }
}
