import { otlpTracing } from '@pim/adapters/otlp';
import { createObserve, type Env, type Observe } from '@pim/platform';

/** What a service tells about itself, as its environment wants it; traces where a collector is named. */
export const openObserve = (env: Env, service: string): Observe => {
  const observe = createObserve(env, service);
  if (env.tracesUrl === null) return observe;
  const onError = (reason: string): void => observe.log.warn(`traces: ${reason}`);
  return { ...observe, tracing: otlpTracing({ url: env.tracesUrl, service, onError }) };
};
