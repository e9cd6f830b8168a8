import { createDevIssuer, type DevIssuer } from '@pim/adapters/dev-issuer';
import { embeddedPorts } from '@pim/adapters/embedded';
import { alerting } from '@pim/alerting/service';
import { approvals } from '@pim/approvals/service';
import { assignments } from '@pim/assignments/service';
import { audit } from '@pim/audit/service';
import {
  bootstrap,
  createTokenVerifier,
  delegatedScopes,
  trustedIssuer,
  type Context,
  type Env,
  type Ports,
  type Running,
  withScimToken,
} from '@pim/platform';
import { requests } from '@pim/requests/service';
import { readBuiltInRoles, readDemoTenant } from './demo-tenant';
import { markDemo, setUpAdministrator, setUpDemo, setUpRoles, setUpScim } from './set-up';

/** What is composed here. */
export const contexts: readonly Context[] = [requests, approvals, assignments, alerting, audit];

/** All five contexts in one process, on embedded adapters; in development mode with the demo tenant and its issuer. */
export const compose = async (env: Env): Promise<Running> => composeOn(await embeddedPorts(env.dataFolder), env);

/** The same over ports that are open already: tests bring a clock they can move. */
export const composeOn = async (ports: Ports, env: Env): Promise<Running> => {
  const isFirstStart = (await ports.eventStore.head()) === 0n;
  const issuer = env.development ? await developmentIssuer(env) : null;
  const running = await bootstrap({
    contexts,
    ports,
    tenant: { tenantId: env.tenantId },
    http: env.http,
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
const setUp = async (running: Running, env: Env, isFirstStart: boolean): Promise<void> => {
  const withDemo = env.development && (isFirstStart || (await isDemo(running)));
  if (withDemo) await markDemo(running, readDemoTenant());
  await setUpRoles(running, readBuiltInRoles());
  if (withDemo) await setUpDemo(running, readDemoTenant());
  if (env.scim) await setUpScim(running);
  if (env.firstAdministrator) await setUpAdministrator(running, env.firstAdministrator);
  await running.runtime.settled();
};

const isDemo = (running: Running): Promise<boolean> => {
  const [first] = readDemoTenant().users;
  return first ? running.knows(first.id) : Promise.resolve(false);
};

const developmentIssuer = (env: Env): Promise<DevIssuer> => {
  const { users, servicePrincipals } = readDemoTenant();
  return createDevIssuer({
    folder: env.dataFolder,
    issuer: `${env.publicUrl}/idp`,
    users,
    applications: servicePrincipals,
    scopes: delegatedScopes(),
  });
};

const trusted = (issuer: DevIssuer, { audience }: Env) => ({
  issuer: issuer.issuer,
  audience,
  jwks: () => issuer.jwks(),
  algorithms: ['RS256'] as const,
});
