import { Controller, Get, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { ErrorFilter } from '../graph/error.filter';
import { noLimits, Throttle } from '../throttle/throttle';
import { CLOCK } from '../tokens';
import { AuthGuard, DIRECTORY_ROLES, TOKEN_VERIFIER } from './auth.guard';
import { CallerParam } from './caller-param';
import type { Caller } from './caller';
import { Unauthenticated } from './errors';

@Controller()
class Routes {
  @Get(['v1.0/me', 'beta/me'])
  me(@CallerParam() caller: Caller): { id: string } {
    return { id: caller.id };
  }

  @Get('v1.0/auditLogs/directoryAudits')
  audits(): object {
    return { value: [] };
  }

  @Get('health/live')
  live(): object {
    return { status: 'live' };
  }
}

const verify = async (token: string): Promise<Caller> => {
  if (token !== 'erin') throw new Unauthenticated('The access token has ended. Get a new one.');
  const authentication = { amr: [], acr: null, acrs: [], authTime: null };
  return { id: 'erin', kind: 'user', appId: null, scopes: ['User.Read'], appRoles: [], authentication };
};

@Module({
  controllers: [Routes],
  providers: [
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_FILTER, useClass: ErrorFilter },
    { provide: TOKEN_VERIFIER, useValue: { verify } },
    { provide: DIRECTORY_ROLES, useValue: { heldBy: async () => [], accountKind: async () => 'user' } },
    {
      provide: Throttle,
      useValue: new Throttle({ ...noLimits, address: 3 }, { now: () => '2026-03-01T12:00:00.000Z' }),
    },
    { provide: CLOCK, useValue: { now: () => '2026-03-01T12:00:00.000Z' } },
  ],
})
class Shell {}

let app: NestFastifyApplication;

beforeAll(async () => {
  const testing = await Test.createTestingModule({ imports: [Shell] }).compile();
  app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
});

afterAll(() => app.close());

const get = (url: string, token?: string) =>
  app.inject({ method: 'GET', url, headers: token ? { authorization: `Bearer ${token}` } : {} });

describe('the guard', () => {
  it.each(['/v1.0/me', '/beta/me'])('hands the caller to %s', async (url) =>
    expect((await get(url, 'erin')).json()).toEqual({ id: 'erin' }),
  );

  it('answers 401 with a challenge to a request without a token', async () => {
    const answer = await get('/v1.0/me');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.json()).toMatchObject({ error: { code: 'InvalidAuthenticationToken' } });
  });

  it('answers 401 to a token that is not accepted', async () => {
    const answer = await get('/v1.0/me', 'mallory');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('answers 403 and names the scopes that would do', async () => {
    const answer = await get('/v1.0/auditLogs/directoryAudits', 'erin');
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({
      error: {
        code: 'PermissionScopeNotGranted',
        message: 'Authorization failed due to missing permission scope AuditLog.Read.All.',
      },
    });
  });

  it('answers 429 to strangers of one address after a while, not to whom it knows there', async () => {
    const answer = await get('/v1.0/me', 'mallory');
    expect((await get('/v1.0/me')).statusCode).toBe(429);
    expect(answer.statusCode).toBe(401);
    expect((await get('/v1.0/me', 'erin')).statusCode).toBe(200);
  });

  it('lets everybody see a public route', async () => expect((await get('/health/live')).statusCode).toBe(200));
});
