import { createHmac } from 'node:crypto';
import type { Instant } from '@pim/contracts';

/** What is signed. */
interface Message {
  readonly id: string;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks: an id that stays the same over repetitions, the time of this one, and one HMAC-SHA256
 * over id, time and body for each key.
 */
export const webhookHeaders = (
  { id, body }: Message,
  keys: readonly Buffer[],
  now: Instant,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(Date.parse(now) / 1_000));
  const sign = (key: Buffer): string => createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': keys.map((key) => `v1,${sign(key)}`).join(' '),
  };
};
