import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { originOf, type GuardedRequest } from './graph-request';

/** null also for a request that was only tried out: it is nowhere. */
const idOf = (body: unknown): string | null => {
  if (typeof body !== 'object' || body === null || !('id' in body) || typeof body.id !== 'string') return null;
  return 'isValidationOnly' in body && body.isValidationOnly === true ? null : body.id;
};

/** Tells where what a POST made can be read: `Location`, in the set it was posted to (reference §0.1). */
@Injectable()
export class CreatedLocation implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<GuardedRequest>();
    if (request.method !== 'POST') return next.handle();
    const [path = ''] = request.url.split('?');
    return next.handle().pipe(
      map((body: unknown) => {
        const reply = http.getResponse<FastifyReply>();
        const id = idOf(body);
        if (reply.statusCode === 201 && id !== null)
          void reply.header('location', `${originOf(request)}${path}/${encodeURIComponent(id)}`);
        return body;
      }),
    );
  }
}
