import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf, type ErrorAnswer } from './error-body';

const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Graph's error shape (reference §5.1); `innerError.date` has no zone suffix on the wire. */
const graphBody = ({ code, message }: ErrorAnswer, request: FastifyRequest, now: Date): object => ({
  error: {
    code,
    message,
    innerError: {
      date: now.toISOString().slice(0, 19),
      'request-id': request.id,
      'client-request-id': headerOf(request, 'client-request-id') ?? request.id,
    },
  },
});

/** RFC 9457, for everything that is not Graph's. */
const problemBody = ({ code, message, status }: ErrorAnswer): object => ({
  type: `urn:pim:problem:${code}`,
  title: code,
  status,
  detail: message,
});

/** The only place where an error becomes HTTP. */
@Catch()
export class ErrorFilter implements ExceptionFilter<unknown> {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendError(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** Answers an error, in the shape of the path it happened on; logs only what is our own fault. */
export const sendError = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  const answer = answerOf(error);
  if (answer.status === 500) console.error(`request ${request.id} failed (this is a bug):`, error);
  const problem = request.url.startsWith('/openpim/');
  void reply
    .code(answer.status)
    .headers({ ...answer.headers })
    .type(problem ? 'application/problem+json' : 'application/json')
    .send(problem ? problemBody(answer) : graphBody(answer, request, new Date()));
};
