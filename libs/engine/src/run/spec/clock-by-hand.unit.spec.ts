import { clockContract } from '../../contract/clock.contract';
import { clockByHand } from './clock-by-hand';

clockContract('clock by hand', () => {
  const clock = clockByHand('2026-03-01T09:00:00.000Z');
  return {
    clock,
    pass: async (ms) => {
      clock.advance(ms);
      await Promise.resolve();
    },
  };
});
