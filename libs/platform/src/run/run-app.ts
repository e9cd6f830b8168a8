import type { Running } from '../bootstrap';
import type { Env } from '../env';

/** How long a shutdown may take before the process ends anyway, in milliseconds. */
const patienceMs = 10_000;

const messageOf = (error: unknown, env: Env | null): string => {
  const message = error instanceof Error ? error.message : String(error);
  const { code } = error as { code?: unknown };
  if (code === 'EADDRINUSE')
    return `Port ${env?.port} on ${env?.host} is in use. Stop what listens there, or set PORT to another one.`;
  if (code === 'EACCES' && env)
    return `Port ${env.port} on ${env.host} may not be opened by this user. Set PORT to another one.`;
  return message;
};

const stopOnSignals = (running: Running): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), patienceMs).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(messageOf(error, null));
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
  readonly greet: (address: string, env: Env) => void;
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
    stopOnSignals(running);
    await listen(running, env);
    greet(env.publicUrl, env);
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

const listen = async (running: Running, { port, host }: Env): Promise<void> => {
  try {
    // Nest's own listen writes a second line to the log when the port is taken.
    await running.app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (error) {
    await running.close();
    throw error;
  }
};
