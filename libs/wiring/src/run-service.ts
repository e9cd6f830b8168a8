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
import { openObserve } from './open-observe';
import { openPorts } from './open-ports';

/** Alone, a service would never hear of the others: it needs the servers that they share. */
const requireShared = ({ servers: { eventStoreUrl, kafka, mongoUrl } }: Env): void => {
  if (!eventStoreUrl || !kafka || !mongoUrl)
    throw new UnusableEnvironment(
      'One of five services shares its log, its events and its read models with the others: set EVENT_STORE_URL, ' +
        'KAFKA_BROKERS and MONGODB_URL. For one process without servers run apps/all-in-one.',
    );
};

/** What of the other contexts a service needs. */
export interface Others {
  /** Whose read models it reads: it keeps them as well, and rests on no other release than its own. */
  readonly reads?: readonly Context[];
  /** What it describes besides, as the one that is asked what all of them serve. */
  readonly elsewhere?: readonly Context[];
}

const compose = async (env: Env, context: Context, others: Others): Promise<Running> => {
  requireShared(env);
  const observe = openObserve(env, context.name);
  const ports = await openPorts(env, observe);
  return bootstrap({
    contexts: [context],
    ports,
    tenant: { tenantId: env.tenantId },
    tokens: withScimToken(createTokenVerifier({ issuers: [trustedIssuer(env)], clock: ports.clock }), env.scim),
    observe,
    servesMetrics: env.development && env.metricsPort === null,
    http: env.http,
    extensions: env.extensions,
    publicUrl: env.publicUrl,
    front: env.publicUrl,
    ...others,
  });
};

/** Runs one service until SIGINT or SIGTERM; what prevents it from starting is one line and exit code 1. */
export const runService = (context: Context, env: () => Env, others: Others = {}): Promise<void> =>
  runApp({
    env,
    compose: (read) => compose(read, context, others),
    greet: (_, { host, port }) => `OpenPIM ${context.name} is ready at http://${host}:${port}.`,
  });
