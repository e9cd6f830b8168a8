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

/** Liveness says that the event loop turns; readiness that answers would be right. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(Readiness) private readonly readiness: Readiness,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  /** `parked` counts events that were set aside: answers are right without them, but somebody must look at the log. */
  @Get('ready')
  async ready(): Promise<{ status: string; parked: number }> {
    const reasons = [...this.readiness.reasons(), ...(await this.refusesWrites())];
    if (reasons.length > 0) throw new ApiError(503, 'ServiceUnavailable', `Not ready: ${reasons.join('; ')}.`);
    return { status: 'ready', parked: await this.readiness.parked() };
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
