import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { ReadModels } from '../read-models';

/** What is answered from no read model: whoever looks after the service needs it most when they do not move. */
const elsewhere = /^\/(?:health|metrics|openapi\.json|asyncapi\.yaml|schemas|openpim\/v1\/parkedMessages)(?:[/?]|$)/;

/** A GET shows everything that was recorded before it was sent, or says that it cannot (reference §4.17). */
@Injectable()
export class FreshReads implements NestInterceptor {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { method, url } = context.switchToHttp().getRequest<FastifyRequest>();
    if (method === 'GET' && !elsewhere.test(url)) await this.readModels.fresh();
    return next.handle();
  }
}
