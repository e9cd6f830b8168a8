import { ApiError } from '../auth';
import type { HealthController } from '../health.controller';
import type { AdminAnswer, AdminRoutes } from './admin-server';
import type { Metrics } from './metrics';

export type { AdminRoutes } from './admin-server';

const json = (status: number, body: object): AdminAnswer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});

/** What a probe says, as it says it to clients; why not is a text here. */
const probe = async (ask: () => object | Promise<object>): Promise<AdminAnswer> => {
  try {
    return json(200, await ask());
  } catch (error) {
    if (error instanceof ApiError) return json(error.status, { status: 'no', reason: error.message });
    throw error;
  }
};

/** Metrics and probes, for the port that only those who run the process reach. */
export const adminRoutes = (metrics: Metrics, health: HealthController): AdminRoutes => ({
  '/metrics': async () => ({ status: 200, type: metrics.contentType, body: await metrics.text() }),
  '/health/live': () => probe(() => health.live()),
  '/health/ready': () => probe(() => health.ready()),
  '/health/startup': () => probe(() => health.startup()),
});
