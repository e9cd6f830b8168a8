import {
  bootstrap,
  createTokenVerifier,
  runApp,
  trustedIssuer,
  UnusableEnvironment,
  withScimToken,
  type Context,
  type Env,
  type Running,
} from '@pim/platform';
import { openPorts } from './open-ports';

/** Alone, a service would never hear of the others: it needs the servers that they share. */
const requireShared = ({ servers: { eventStoreUrl, kafka, mongoUrl } }: Env): void => {
  if (!eventStoreUrl || !kafka || !mongoUrl)
    throw new UnusableEnvironment(
      'One of five services shares its log, its events and its read models with the others: set EVENT_STORE_URL, ' +
        'KAFKA_BROKERS and MONGODB_URL. For one process without servers run apps/all-in-one.',
    );
};

const compose = async (env: Env, context: Context, elsewhere: readonly Context[]): Promise<Running> => {
  requireShared(env);
  const ports = await openPorts(env);
  return bootstrap({
    contexts: [context],
    ports,
    tenant: { tenantId: env.tenantId },
    tokens: withScimToken(createTokenVerifier({ issuers: [trustedIssuer(env)], clock: ports.clock }), env.scim),
    http: env.http,
    extensions: env.extensions,
    publicUrl: env.publicUrl,
    front: env.publicUrl,
    elsewhere,
  });
};

/**
 * Runs one service until SIGINT or SIGTERM; what prevents it from starting is one line and exit code 1. `elsewhere`: what
 * it describes besides, as the one that is asked what all of them serve.
 */
export const runService = (context: Context, env: () => Env, elsewhere: readonly Context[] = []): Promise<void> =>
  runApp({
    env,
    compose: (read) => compose(read, context, elsewhere),
    greet: (_, { host, port }) => console.log(`OpenPIM ${context.name} is ready at http://${host}:${port}.`),
  });
