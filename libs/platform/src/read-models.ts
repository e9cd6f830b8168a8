import { ApiError } from './auth';

/** How long a reader waits for read models, in milliseconds, before it is told that they are behind. */
const patienceMs = 2_000;

/** Whether read models hold what was recorded; the loops fill it in once they run. */
export class ReadModels {
  caughtUp: () => Promise<void> = () => Promise.resolve();

  /** Resolves when they hold everything recorded before the call; 503 when that takes too long. */
  async fresh(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new ApiError(503, 'ServiceUnavailable', 'Read models are behind the log. Try again.', {
        'Retry-After': '1',
      });
      timer = setTimeout(() => reject(error), patienceMs);
    });
    try {
      await Promise.race([this.caughtUp(), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
