import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Throttle } from '../throttle/throttle';
import { CLOCK } from '../tokens';
import type { Clock } from '@pim/engine';
import { createAuthoriser, type Authoriser } from './authorise';
import type { WithCaller } from './caller-param';
import type { Caller } from './caller';
import type { DirectoryRoles } from './directory-roles.port';
import { Unauthenticated } from './errors';
import type { TokenVerifier } from './token-verifier';

export const TOKEN_VERIFIER = Symbol('TokenVerifier');
export const DIRECTORY_ROLES = Symbol('DirectoryRoles');

const actionOf = (body: unknown): unknown =>
  typeof body === 'object' && body !== null && 'action' in body ? body.action : undefined;

/** Stands before every route: no handler runs before the permission table was asked. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly authorise: Authoriser;

  constructor(
    @Inject(TOKEN_VERIFIER) tokens: TokenVerifier,
    @Inject(DIRECTORY_ROLES) roles: DirectoryRoles,
    @Inject(CLOCK) clock: Clock,
    private readonly throttle: Throttle,
  ) {
    this.authorise = createAuthoriser({ tokens, roles, clock, throttle });
  }

  /** True, with `request.caller` set unless the route is public; otherwise throws `ApiError`. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest & WithCaller>();
    const caller = await this.callerOf(request);
    if (caller) request.caller = caller;
    return true;
  }

  /** Whoever is nobody we know is counted by their address, so that tokens are not guessed without end. */
  private async callerOf(request: FastifyRequest): Promise<Caller | null> {
    try {
      return await this.authorise({
        method: request.method,
        route: request.routeOptions.url ?? '',
        authorization: request.headers.authorization,
        action: actionOf(request.body),
      });
    } catch (error) {
      if (error instanceof Unauthenticated) this.throttle.countStranger(request.ip);
      throw error;
    }
  }
}
