import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { limits } from '@pim/odata';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tap, type Observable } from 'rxjs';

const maxPageSize = /(?:^|[,;])\s*(?:odata\.)?maxpagesize\s*=\s*"?(\d{1,15})"?\s*(?:$|[,;])/i;

/**
 * How many entities the client wants on a page at most (`Prefer: odata.maxpagesize=50`), never more than a page holds.
 * null when it says nothing, or nothing that makes sense: a preference is no demand (RFC 7240).
 */
export const maxPageSizeOf = (prefer: string | readonly string[] | undefined): number | null => {
  const size = Number(maxPageSize.exec([prefer ?? ''].flat().join(','))?.[1] ?? 0);
  return size > 0 ? Math.min(size, limits.page) : null;
};

const isList = (body: unknown): boolean => typeof body === 'object' && body !== null && 'value' in body;

/** Says which preference a list was answered under. */
@Injectable()
export class PreferencesApplied implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const size = maxPageSizeOf(http.getRequest<FastifyRequest>().headers['prefer']);
    if (size === null) return next.handle();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body) => {
        if (isList(body)) void reply.header('Preference-Applied', `odata.maxpagesize=${size}`);
      }),
    );
  }
}
