import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';

/** What a request has and a client cannot set: clients that build the body from a whole object send it nevertheless. */
const readOnly = new Set([
  'id',
  'status',
  'createdDateTime',
  'completedDateTime',
  'approvalId',
  'createdBy',
  'principal',
  'roleDefinition',
  'directoryScope',
  'appScope',
  'group',
  'targetSchedule',
  'activatedUsing',
  'customExtensionAnswer',
]);

/** The members of a body that mean something to us; annotations (`@odata.type`, `principal@odata.bind`) do not either. */
export const writableOnly = (body: object): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !readOnly.has(name) && !name.includes('@odata.')));

/** Takes out of a request's body what is read-only, before the body is checked; what nobody knows stays, to be refused. */
@Injectable()
export class IgnoreReadOnly implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<{ body?: unknown }>();
    if (typeof request.body === 'object' && request.body !== null) request.body = writableOnly(request.body);
    return next.handle();
  }
}
