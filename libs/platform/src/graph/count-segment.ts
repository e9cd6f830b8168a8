import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Rejection } from '@pim/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

const segment = /^(\/(?:v1\.0|beta)\/[^?]+)\/(?:\$|%24)count\/?(\?|$)/;

/**
 * `GET /v1.0/users/$count` as the request for the list that is counted. `CountSegment` answers it: whoever may see a list
 * may count it, so the list's own route decides that. Other methods and URLs come back as they were.
 */
export const countedUrl = (method: string | undefined, url: string): string =>
  method === 'GET' ? url.replace(segment, '$1$2') : url;

const isCount = ({ method, originalUrl }: FastifyRequest): boolean => method === 'GET' && segment.test(originalUrl);

const countIn = (body: unknown): number => {
  const count: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, '@odata.count') : undefined;
  if (typeof count !== 'number')
    throw new Rejection('invalid', 'BadRequest', 'Only collections can be counted; leave out /$count.');
  return count;
};

/** Answers `…/$count` with the number alone, as text (reference §0.4). Of the query options, `$filter` counts. */
@Injectable()
export class CountSegment implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    if (!isCount(request)) return next.handle();
    request.query = { ...filterOf(request.query), $count: 'true', $top: '0' };
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((body) => {
        const count = countIn(body);
        void reply.header('Content-Type', 'text/plain; charset=utf-8');
        return String(count);
      }),
    );
  }
}

const filterOf = (query: unknown): object =>
  Object.fromEntries(Object.entries(query ?? {}).filter(([name]) => /^\$?filter$/i.test(name)));
