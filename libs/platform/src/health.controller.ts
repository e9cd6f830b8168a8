import { Controller, Get, Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '@pim/engine';
import { ApiError } from './auth';
import { EVENT_STORE } from './tokens';

/** Why the process should not get traffic, and what it set aside; filled in once its loops run. */
@Injectable()
export class Readiness {
  reasons: () => readonly string[] = () => ['starting'];
  parked: () => Promise<number> = () => Promise.resolve(0);
}

interface Ready {
  readonly status: 'ready';
  readonly parked: number;
}

/** Liveness says that the event loop turns; readiness that answers would be right. */
@Controller('health')
export class HealthController {
  private asking: Promise<Ready> | null = null;

  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
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
    const reasons = [...this.readiness.reasons(), ...(await this.refusesWrites())];
    const parked = reasons.length > 0 ? null : await this.readiness.parked().catch(() => null);
    if (parked !== null) return { status: 'ready', parked };
    const why = reasons.length > 0 ? reasons : ['what was set aside cannot be read'];
    throw new ApiError(503, 'ServiceUnavailable', `Not ready: ${why.join('; ')}.`);
  }

  /** Asks the store to record nothing: one that cannot commit says so, and a restart is what it needs. */
  private async refusesWrites(): Promise<readonly string[]> {
    try {
      await this.store.append('health-check', [], 'any');
      return [];
    } catch {
      return ['the event store takes no writes'];
    }
  }
}
