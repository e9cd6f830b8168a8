import 'reflect-metadata';
import { readEnv, runOnce } from '@pim/platform';
import { migrate, openObserve } from '@pim/wiring';
import { compose } from './compose';

/**
 * Prepares what the five services share, and ends: topics, built-in roles, the first administrator, and in development mode
 * the demo tenant. Run it before the services of each release; what is there already stays as it is.
 */
void runOnce(async () => {
  const env = readEnv(process.env, { port: 8080 });
  const observe = openObserve(env, 'set-up');
  await migrate(env, observe);
  const running = await compose(env, observe);
  await running.close();
  return 'OpenPIM is set up.';
});
