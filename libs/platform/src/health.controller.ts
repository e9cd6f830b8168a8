import { Controller, Get, Inject, Injectable } from '@nestjs/common';
import { ApiError } from './auth';

/** Why the process should not get traffic; filled in once its loops run. */
@Injectable()
export class Readiness {
  reasons: () => readonly string[] = () => ['starting'];
}

/** Liveness says that the event loop turns; readiness that answers would be right. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('live')
  live(): { status: string } {
    return { status: 'live' };
  }

  @Get('ready')
  ready(): { status: string } {
    const reasons = this.readiness.reasons();
    if (reasons.length > 0) throw new ApiError(503, 'ServiceUnavailable', `Not ready: ${reasons.join('; ')}.`);
    return { status: 'ready' };
  }
}
