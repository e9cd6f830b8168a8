import 'reflect-metadata';
import { embeddedPorts } from '@pim/adapters/embedded';
import { alerting } from '@pim/alerting/service';
import { bootstrap, createTokenVerifier, readEnv, runApp, trustedIssuer } from '@pim/platform';

void runApp({
  env: () => readEnv(process.env, { port: 8084 }),
  compose: async (env) => {
    const ports = await embeddedPorts(env.dataFolder);
    const tokens = createTokenVerifier({ issuers: [trustedIssuer(env)], clock: ports.clock });
    return bootstrap({ contexts: [alerting], ports, tenant: { tenantId: env.tenantId }, tokens, http: env.http });
  },
  greet: (address) => console.log(`OpenPIM alerting is ready at ${address}.`),
});
