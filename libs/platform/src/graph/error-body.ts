import { HttpException } from '@nestjs/common';
import { AppendTooLarge, DocumentsUnavailable, StoreUnavailable, WrongRevision } from '@pim/engine';
import { Rejection, type RejectionKind } from '@pim/kernel';
import { ApiError } from '../auth';
import { ReadModelsBehind } from '../read-models';

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
  414: 'RequestUriTooLong',
  415: 'UnsupportedMediaType',
  503: 'ServiceUnavailable',
};

const unavailable = (message: string): ErrorAnswer => ({
  status: 503,
  code: 'ServiceUnavailable',
  message,
  headers: { 'Retry-After': '1' },
});

/** What to do about it, where the framework does not say. */
const messageOfStatus: Readonly<Record<number, string>> = {
  413: 'The body is larger than 1 MiB. Send less at once.',
  414: 'The path has a part that is longer than any id.',
  415: 'Send the body as JSON, with "Content-Type: application/json".',
};

/** Characters of the framework's own text: it may repeat a path of any length. */
const longestMessage = 300;

interface StatusError {
  readonly code: unknown;
  readonly statusCode: unknown;
  readonly message: unknown;
}

const hasStatus = (error: unknown): error is StatusError =>
  typeof error === 'object' && error !== null && 'code' in error && 'statusCode' in error && 'message' in error;

/** What Fastify makes of a client that goes away before its body is whole. */
const isCutOff = ({ code, statusCode }: StatusError): boolean => code === 'ECONNRESET' && statusCode === 400;

/** The framework's own refusals only: an error of anything else may carry a status of its own, and secrets with it. */
const refusalOfFramework = (error: unknown): { readonly status: number; readonly message: string } | null => {
  if (error instanceof HttpException) return { status: error.getStatus(), message: error.message };
  if (!hasStatus(error)) return null;
  if (isCutOff(error)) return { status: 400, message: 'The body did not arrive in full. Send it again.' };
  if (!String(error.code).startsWith('FST_')) return null;
  return { status: Number(error.statusCode), message: String(error.message) };
};

/** Body too large, unknown media type, no such route. */
const fromFramework = (error: unknown): ErrorAnswer | null => {
  const refusal = refusalOfFramework(error);
  if (!refusal || !(refusal.status >= 400 && refusal.status < 500)) return null;
  const { status } = refusal;
  const message = messageOfStatus[status] ?? refusal.message.slice(0, longestMessage);
  return { status, code: codeOfStatus[status] ?? 'BadRequest', message, headers: {} };
};

/** Something behind us does not answer now. */
const fromOutage = (error: unknown): ErrorAnswer | null => {
  if (error instanceof StoreUnavailable)
    return unavailable(
      'The event store is not available. Whether the change was recorded is not known: look, then try again.',
    );
  if (error instanceof ReadModelsBehind) return unavailable(error.message);
  return error instanceof DocumentsUnavailable ? unavailable('Read models are not available. Try again.') : null;
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
  if (error instanceof AppendTooLarge)
    return {
      status: 400,
      code: 'BadRequest',
      message: 'The change is too large to record at once. Send it in parts.',
      headers: {},
    };
  return (
    fromOutage(error) ??
    fromFramework(error) ?? {
      status: 500,
      code: 'InternalServerError',
      message: 'Something went wrong on our side.',
      headers: {},
    }
  );
};
