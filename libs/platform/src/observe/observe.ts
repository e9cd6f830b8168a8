import type { Tracing } from '@pim/engine';
import type { Env } from '../env';
import { createLog, type Log } from './log';
import { Metrics } from './metrics';

/** What a process tells about itself. */
export interface Observe {
  readonly log: Log;
  readonly metrics: Metrics;
  /** null: nothing is traced. */
  readonly tracing: Tracing | null;
}

/** What of the configuration must not be told. */
const secretsIn = ({ scim, servers: { kafka } }: Env): readonly string[] =>
  [scim?.token, kafka?.login?.password].flatMap((secret) => secret ?? []);

/** The log and the metrics of a service, as its environment wants them; nothing is traced. */
export const createObserve = (env: Env, service: string): Observe => ({
  log: createLog({ ...env.log, fields: { service, tenant: env.tenantId }, secrets: secretsIn(env) }),
  metrics: new Metrics(service),
  tracing: null,
});
