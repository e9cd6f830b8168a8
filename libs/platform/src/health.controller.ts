import { Controller, Get, Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '@pim/engine';
import { ApiError } from './auth';
import { whyNotLive, whyNotReady } from './health';
import { EVENT_STORE } from './tokens';

/** Why the process should not get traffic, and what it set aside; filled in once its loops run. */
@Injectable()
export class Readiness {
  /** Milliseconds that the event loop is late. */
  loopLagMs: () => number = () => 0;
  isStarted = false;
  reasons: () => readonly string[] = () => ['starting'];
  /** Seconds that read models are behind the log; rejects when that cannot be told. */
  lagSeconds: () => Promise<number> = () => Promise.resolve(0);
  parked: () => Promise<number> = () => Promise.resolve(0);
}

interface Ready {
  readonly status: 'ready';
  readonly parked: number;
}

const requireNone = (what: string, reasons: readonly string[]): void => {
  if (reasons.length > 0) throw new ApiError(503, 'ServiceUnavailable', `${what}: ${reasons.join('; ')}.`);
};

/** Whether to restart the process, whether to send it traffic, and whether it has started at all. */
@Controller('health')
export class HealthController {
  private asking: Promise<Ready> | null = null;

  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  /** Depends on nothing but the event loop: a restart mends no server that is down. */
  @Get('live')
  live(): { readonly status: 'live' } {
    requireNone('Not live', whyNotLive(this.readiness.loopLagMs()));
    return { status: 'live' };
  }

  /** The first answer comes when read models have been folded: nothing listens before. */
  @Get('startup')
  startup(): { readonly status: 'started' } {
    requireNone('Not started', this.readiness.isStarted ? [] : ['read models are being folded']);
    return { status: 'started' };
  }

  /**
   * `parked` counts events that were set aside: answers are right without them, but somebody must look at the log. Needs no
   * token, so whoever asks while somebody else does gets the same answer: the servers behind it are asked once.
   */
  @Get('ready')
  ready(): Promise<Ready> {
    this.asking ??= this.ask().finally(() => (this.asking = null));
    return this.asking;
  }

  private async ask(): Promise<Ready> {
    const { readiness } = this;
    const [takesWrites, lagSeconds] = await Promise.all([this.takesWrites(), readiness.lagSeconds().catch(() => null)]);
    const reasons = whyNotReady({ reasons: readiness.reasons(), takesWrites, lagSeconds });
    requireNone('Not ready', reasons);
    const parked = await readiness.parked().catch(() => null);
    if (parked !== null) return { status: 'ready', parked };
    throw new ApiError(503, 'ServiceUnavailable', 'Not ready: what was set aside cannot be read.');
  }

  /** Asks the store to record nothing: one that cannot commit says so, and a restart is what it needs. */
  private async takesWrites(): Promise<boolean> {
    try {
      await this.store.append('health-check', [], 'any');
      return true;
    } catch {
      return false;
    }
  }
}
