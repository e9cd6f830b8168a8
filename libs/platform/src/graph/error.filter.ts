import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { aboutRequest } from '../observe/observed-http';
import { clientRequestIdOf } from './client-request-id';
import { answerOf } from './error-body';
import { shapedError } from './error-shape';

/** The only place where an error of a request that could be read becomes HTTP. */
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
  if (answer.status === 500)
    request.server.observe.log.error(
      { ...aboutRequest(request), err: error },
      `request ${request.id} failed (this is a bug)`,
    );
  const { id: requestId, url, headers } = request;
  const about = { url, requestId, clientRequestId: clientRequestIdOf(headers, requestId) };
  const { type, body } = shapedError(answer, about, new Date());
  void reply
    .code(answer.status)
    .headers({ ...answer.headers })
    .type(type)
    .send(body);
};
