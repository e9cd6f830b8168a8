import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Caller } from './caller';
import { Unauthenticated } from './errors';

/** A request the guard has seen: `caller` is absent only on public routes. */
export interface WithCaller {
  caller?: Caller;
}

/** Who sent this request. Throws 401 when the guard let it pass without a caller: no handler runs for nobody. */
export const callerOf = ({ caller }: WithCaller): Caller => {
  if (!caller) throw new Unauthenticated('Send an access token as "Authorization: Bearer <token>".', 'Bearer');
  return caller;
};

/** Hands a controller method its caller. */
export const CallerParam = createParamDecorator((_: unknown, context: ExecutionContext): Caller =>
  callerOf(context.switchToHttp().getRequest<WithCaller>()),
);
