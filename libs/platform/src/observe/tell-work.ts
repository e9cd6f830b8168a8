import type { Answered, ReactionsOptions } from '@pim/engine';
import type { Observe } from './observe';

/** What a loop does with a failure: it is tried again. */
export const errorTo =
  ({ log }: Observe) =>
  (err: unknown): void =>
    log.error({ err }, 'background work failed and will be tried again');

/** For a reaction a refusal is an answer. */
export const refusalTo =
  ({ log }: Observe): NonNullable<ReactionsOptions['onRejected']> =>
  ({ code, message }, reaction, { id: eventId, type, metadata: { correlationId } }) =>
    log.info(
      { reaction, eventId, correlationId, code },
      `what ${reaction} asked for after ${type} was refused: ${message}`,
    );

/** How late a deadline was. */
export const latenessTo =
  ({ metrics }: Observe) =>
  ({ deadline, dueAt, answeredAt }: Answered): void =>
    metrics.lateness.observe({ deadline }, (Date.parse(answeredAt) - Date.parse(dueAt)) / 1_000);
