import type { Readiness } from '../health.controller';
import type { Runtime } from '../run/runtime';
import { LoopLag } from './loop-lag';

/** Lets the probes know how the loops do, from their start until the process begins to end. */
export const watchHealth = (readiness: Readiness, runtime: Runtime): { stop(): void } => {
  const loop = new LoopLag();
  const stopLooking = loop.start();
  let isEnding = false;
  readiness.isStarted = true;
  readiness.loopLagMs = () => loop.ms();
  readiness.reasons = () => (isEnding ? ['shutting down'] : runtime.notReady());
  readiness.lagSeconds = async () => runtime.numbers.secondsSince((await runtime.numbers.projectionLag()).since);
  readiness.parked = runtime.parked;
  return {
    stop: () => {
      isEnding = true;
      stopLooking();
    },
  };
};
