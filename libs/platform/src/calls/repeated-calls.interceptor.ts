import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Clock, Documents } from '@pim/engine';
import { finalize, type Observable } from 'rxjs';
import { givenClientRequestId } from '../graph/client-request-id';
import type { GuardedRequest } from '../graph/graph-request';
import { ReadModels } from '../read-models';
import { CLOCK, DOCUMENTS } from '../tokens';
import { Turns } from '../turns';
import { callOf, commandFor, emergencyIdOf, type Call, type KnownCall } from './call';
import { calls } from './calls.projection';

/** A batch is no call of its own: what is in it has ids of its own. */
const isBatch = ({ routeOptions }: GuardedRequest): boolean => routeOptions.url?.endsWith('/$batch') === true;

/** Emergency access must not wait for read models: its call is recognised by the log alone. */
const isEmergency = ({ routeOptions, body }: GuardedRequest): boolean =>
  routeOptions.url?.endsWith('ScheduleRequests') === true &&
  typeof body === 'object' &&
  body !== null &&
  'isEmergency' in body &&
  body.isEmergency === true;

const callBy = (request: GuardedRequest): Call | null => {
  const { method, caller, headers, url, body } = request;
  const clientRequestId = givenClientRequestId(headers);
  if (method !== 'POST' || !caller || clientRequestId === null) return null;
  if (isBatch(request)) return null;
  return callOf({ caller, clientRequestId, url, body });
};

/**
 * A POST that is sent again under its `client-request-id` within 24 hours is carried out under the id of the first time:
 * what that recorded is not recorded again, and the answer shows the same. Two at once are one after the other. Throws
 * 409 `Conflict` for another request under the same id, and 503 when what was recorded cannot be read.
 */
@Injectable()
export class RepeatedCalls implements NestInterceptor {
  private readonly turns = new Turns();

  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly readModels: ReadModels,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<GuardedRequest>();
    const call = callBy(request);
    if (!call) return next.handle();
    if (isEmergency(request)) {
      request.call = { commandId: emergencyIdOf(call) };
      return next.handle();
    }
    const end = await this.turns.take(call.key);
    try {
      await this.readModels.fresh();
      const known = await this.documents.get<KnownCall>(calls.collection, call.key);
      request.call = commandFor(call, known?.document ?? null, this.clock.now());
    } catch (error) {
      end();
      throw error;
    }
    return next.handle().pipe(finalize(end));
  }
}
