import 'reflect-metadata';
import { embeddedPorts } from '@pim/adapters/embedded';
import { audit } from '@pim/audit/service';
import { bootstrap, createTokenVerifier, readEnv, runApp, trustedIssuer } from '@pim/platform';

void runApp({
  env: () => readEnv(process.env, { port: 8085 }),
  compose: async (env) => {
    const ports = await embeddedPorts(env.dataFolder);
    const tokens = createTokenVerifier({ issuers: [trustedIssuer(env)], clock: ports.clock });
    return bootstrap({ contexts: [audit], ports, tenant: { tenantId: env.tenantId }, tokens, http: env.http });
  },
  greet: (address) => console.log(`OpenPIM audit-projection is ready at ${address}.`),
});
