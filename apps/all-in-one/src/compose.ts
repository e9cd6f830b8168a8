import type { DevIssuer } from '@pim/adapters/dev-issuer';
import { alerting } from '@pim/alerting/service';
import { approvals } from '@pim/approvals/service';
import { assignments } from '@pim/assignments/service';
import { audit } from '@pim/audit/service';
import {
  bootstrap,
  createTokenVerifier,
  ReadModelsBehind,
  trustedIssuer,
  type Context,
  type Env,
  type Observe,
  type Ports,
  type Running,
  withScimToken,
} from '@pim/platform';
import { requests } from '@pim/requests/service';
import { openObserve, openPorts } from '@pim/wiring';
import { demoIssuer } from './demo-issuer';
import { readBuiltInRoles, readDemoTenant } from './demo-tenant';
import { markDemo, setUpAdministrator, setUpDemo, setUpRoles, setUpScim } from './set-up';

/** What is composed here. */
export const contexts: readonly Context[] = [requests, approvals, assignments, alerting, audit];

/**
 * All five contexts in one process, on embedded adapters where no server is named; in development mode with the demo
 * tenant and its issuer.
 */
export const compose = async (env: Env, given?: Observe): Promise<Running> => {
  const observe = given ?? openObserve(env, 'openpim');
  return composeOn(await openPorts(env, observe), env, observe);
};

/** The same over ports that are open already: tests bring a clock they can move. */
export const composeOn = async (ports: Ports, env: Env, observe: Observe): Promise<Running> => {
  const isFirstStart = (await ports.eventStore.readAll({ after: 'start', limit: 1 })).length === 0;
  const onError = (err: unknown): void => observe.log.error({ err }, 'the development issuer failed');
  const issuer = env.development ? await demoIssuer(env.dataFolder, env.publicUrl, onError) : null;
  const running = await bootstrap({
    contexts,
    ports,
    tenant: { tenantId: env.tenantId },
    observe,
    servesMetrics: env.development && env.metricsPort === null,
    http: env.http,
    extensions: env.extensions,
    tokens: withScimToken(
      createTokenVerifier({ issuers: [issuer ? trusted(issuer, env) : trustedIssuer(env)], clock: ports.clock }),
      env.scim,
    ),
    ...(issuer ? { issuer: issuer.handler } : {}),
    ...(env.isBehindProxy ? { publicUrl: env.publicUrl } : {}),
  });
  await setUp(running, env, isFirstStart);
  return running;
};

/** Roles at every start, the demo tenant on the first one and when an earlier one was interrupted. */
const setUp = async (started: Running, env: Env, isFirstStart: boolean): Promise<void> => {
  const running = patient(started);
  const withDemo = env.development && (isFirstStart || (await isDemo(running)));
  if (withDemo) await markDemo(running, readDemoTenant());
  await setUpRoles(running, readBuiltInRoles());
  if (withDemo) await setUpDemo(running, readDemoTenant());
  if (env.scim) await setUpScim(running);
  if (env.firstAdministrator) await setUpAdministrator(running, env.firstAdministrator);
  await running.runtime.settled();
};

/** More is recorded at once than read models keep up with in the time that a client is kept waiting: set-up waits longer. */
const patient = (running: Running): Running => ({
  ...running,
  dispatch: async (command) => {
    for (let attempt = 1; ; attempt++)
      try {
        return await running.dispatch(command);
      } catch (error) {
        if (!(error instanceof ReadModelsBehind) || attempt === mostAttempts) throw error;
        await running.runtime.caughtUp();
      }
  },
});

const mostAttempts = 20;

const isDemo = (running: Running): Promise<boolean> => {
  const [first] = readDemoTenant().users;
  return first ? running.knows(first.id) : Promise.resolve(false);
};

const trusted = (issuer: DevIssuer, { audience }: Env) => ({
  issuer: issuer.issuer,
  audience,
  jwks: () => issuer.jwks(),
  algorithms: ['RS256'] as const,
});
