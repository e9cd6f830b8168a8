import { Controller, Get, Inject, Injectable } from '@nestjs/common';
import { ApiError } from './auth';

/** Why the process should not get traffic, and what it set aside; filled in once its loops run. */
@Injectable()
export class Readiness {
  reasons: () => readonly string[] = () => ['starting'];
  parked: () => Promise<number> = () => Promise.resolve(0);
}

/** Liveness says that the event loop turns; readiness that answers would be right. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  /** `parked` counts events that were set aside: answers are right without them, but somebody must look at the log. */
  @Get('ready')
  async ready(): Promise<{ status: string; parked: number }> {
    const reasons = this.readiness.reasons();
    if (reasons.length > 0) throw new ApiError(503, 'ServiceUnavailable', `Not ready: ${reasons.join('; ')}.`);
    return { status: 'ready', parked: await this.readiness.parked() };
  }
}
