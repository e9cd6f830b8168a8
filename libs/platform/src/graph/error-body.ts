import { HttpException } from '@nestjs/common';
import { StoreUnavailable, WrongRevision } from '@pim/engine';
import { Rejection, type RejectionKind } from '@pim/kernel';
import { ApiError } from '../auth';

/** An error as HTTP says it, before it gets Graph's or RFC 9457's shape. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

const statusOf: Record<RejectionKind, number> = { invalid: 400, forbidden: 403, 'not-found': 404, conflict: 409 };

const codeOfStatus: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  404: 'Request_ResourceNotFound',
  405: 'Request_BadRequest',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  503: 'ServiceUnavailable',
};

const unavailable = (message: string): ErrorAnswer => ({
  status: 503,
  code: 'ServiceUnavailable',
  message,
  headers: { 'Retry-After': '1' },
});

/** Fastify's own refusals (body too large, unknown media type, broken JSON) carry a status; nothing else may. */
const fromStatusCode = (error: unknown): ErrorAnswer | null => {
  const status =
    error instanceof HttpException ? error.getStatus() : Number((error as { statusCode?: unknown })?.statusCode);
  if (!(status >= 400 && status < 500)) return null;
  const message = error instanceof Error ? error.message : 'The request could not be read.';
  return { status, code: codeOfStatus[status] ?? 'BadRequest', message, headers: {} };
};

/**
 * What any error becomes. Anything unknown is a fault of ours: 500 without a word of detail, so that no secret,
 * path or stack leaves the process.
 */
export const answerOf = (error: unknown): ErrorAnswer => {
  if (error instanceof ApiError)
    return { status: error.status, code: error.code, message: error.message, headers: error.headers ?? {} };
  if (error instanceof Rejection)
    return { status: statusOf[error.kind], code: error.code, message: error.message, headers: {} };
  if (error instanceof WrongRevision)
    return {
      status: 409,
      code: 'Conflict',
      message: 'Somebody else changed this at the same moment. Try again.',
      headers: {},
    };
  if (error instanceof StoreUnavailable)
    return unavailable('The event store is not available. Nothing was changed; try again.');
  return (
    fromStatusCode(error) ?? {
      status: 500,
      code: 'InternalServerError',
      message: 'Something went wrong on our side.',
      headers: {},
    }
  );
};
