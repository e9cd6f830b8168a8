import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Running } from '../bootstrap';
import type { Env } from '../env';
import { createAdminServer } from '../observe/admin-server';

/** How long a shutdown may take before the process ends anyway, in milliseconds. */
const patienceMs = 10_000;

const portTroubles: Readonly<Record<string, (variable: string) => string>> = {
  EADDRINUSE: (variable) => `is in use. Stop what listens there, or set ${variable} to another one.`,
  EACCES: (variable) => `may not be opened by this user. Set ${variable} to another one.`,
};

const messageOf = (error: unknown, env: Env | null): string => {
  const { code, port } = error as { code?: unknown; port?: unknown };
  const trouble = portTroubles[String(code)];
  if (!trouble || !env) return error instanceof Error ? error.message : String(error);
  const variable = port === env.metricsPort ? 'OPENPIM_METRICS_PORT' : 'PORT';
  return `Port ${variable === 'PORT' ? env.port : port} on ${env.host} ${trouble(variable)}`;
};

const stopOnSignals = (running: Running, admin: Server | null): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), patienceMs).unref();
    // Probes are answered to the end: they say that it is ending.
    running
      .close()
      .finally(() => admin?.close())
      .then(
        () => process.exit(0),
        (err: unknown) => {
          running.observe.log.fatal({ err }, 'the process did not end as it should');
          process.exit(1);
        },
      );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
};

/** The parts of an app that differ: its configuration, its composition, and what it says when it listens. */
export interface AppPlan {
  readonly env: () => Env;
  readonly compose: (env: Env) => Promise<Running>;
  readonly greet: (address: string, env: Env) => string;
}

/**
 * Runs an app until SIGINT or SIGTERM. What prevents it from starting (a port in use, a data folder that is locked or
 * cannot be written, an unusable environment) is one line on standard error and exit code 1.
 */
export const runApp = async ({ env: readEnv, compose, greet }: AppPlan): Promise<void> => {
  let env: Env | null = null;
  try {
    env = readEnv();
    const running = await compose(env);
    const admin = env.metricsPort === null ? null : createAdminServer(running.admin);
    stopOnSignals(running, admin);
    await listen(running, admin, env);
    running.observe.metrics.watchProcess();
    tell(running, greet(env.publicUrl, env), env);
  } catch (error) {
    console.error(messageOf(error, env));
    process.exit(1);
  }
};

/** Runs a piece of work and ends; what prevents it is one line on standard error and exit code 1. */
export const runOnce = async (work: () => Promise<string>): Promise<void> => {
  try {
    console.log(await work());
    process.exit(0);
  } catch (error) {
    console.error(messageOf(error, null));
    process.exit(1);
  }
};

/** People read a text as it is; whatever collects lines wants one as well. */
const tell = ({ observe }: Running, greeting: string, { log }: Env): void => {
  if (log.format === 'text') console.log(greeting);
  else observe.log.info(greeting.trim());
};

const listen = async (running: Running, admin: Server | null, { port, host, metricsPort }: Env): Promise<void> => {
  try {
    if (admin) await once(admin.listen({ port: metricsPort ?? 0, host }), 'listening');
    // Nest's own listen writes a second line to the log when the port is taken.
    await running.app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (error) {
    admin?.close();
    await running.close();
    throw error;
  }
};
