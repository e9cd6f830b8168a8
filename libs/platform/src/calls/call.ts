import { createHash } from 'node:crypto';
import type { Instant } from '@pim/contracts';
import { canonicalJson, Rejection } from '@pim/kernel';
import type { Caller } from '../auth';

/** A POST that a client may send again: under which name, and with what. */
export interface Call {
  /** Who sends it, how they signed in, and the client's own id of it. */
  readonly key: string;
  /** Path and body. */
  readonly fingerprint: string;
}

/** What is known of the call that went under a key last. */
export interface KnownCall extends Call {
  /** 1 for the first call under this key; the next one begins when that is forgotten. */
  readonly use: number;
  readonly at: Instant;
}

/** How long a client may send a call again, in milliseconds. */
export const remembered = 24 * 60 * 60_000;

const digest = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);

/** The parts of a request that make it the same call as another one. */
interface Sent {
  readonly caller: Pick<Caller, 'id' | 'kind' | 'authentication'>;
  readonly clientRequestId: string;
  /** Path and query. */
  readonly url: string;
  readonly body: unknown;
}

/**
 * The call that a request is. Whoever signs in again with more (a second factor, an authentication context) makes
 * another call: what was refused for the lack of it is judged again.
 */
export const callOf = ({ caller, clientRequestId, url, body }: Sent): Call => {
  const { amr, acr, acrs } = caller.authentication;
  const signedIn = [[...amr].sort(), acr, [...acrs].sort()];
  return {
    key: digest([caller.kind, caller.id, signedIn, clientRequestId]),
    fingerprint: digest([url, body ?? null]),
  };
};

/** The command's id says which call it is: so the log itself knows every call that recorded something. */
export const commandIdOf = ({ key, fingerprint }: Call, use: number): string => `call:${key}:${fingerprint}:${use}`;

/**
 * What an emergency is carried out under, which is told without a read model: the same whenever it is sent. Whoever carries
 * it out looks in the log whether it is over; no other call is known or refused by it.
 */
export const emergencyIdOf = ({ key, fingerprint }: Call): string => `emergency:${key}:${fingerprint}`;

const commandId = /^call:([0-9a-f]{32}):([0-9a-f]{32}):(\d{1,15})(?::|$)/;

/** The call behind a command's id; null for a command that came otherwise. */
export const callIn = (id: string): (Call & { readonly use: number }) | null => {
  const [, key, fingerprint, use] = commandId.exec(id) ?? [];
  return key && fingerprint && use ? { key, fingerprint, use: Number(use) } : null;
};

const isForgotten = ({ at }: KnownCall, now: Instant): boolean => Date.parse(now) - Date.parse(at) > remembered;

/**
 * What to carry a call out under: the id of the first time when it is sent again, so that nothing is recorded twice.
 * Throws 409 for another call under the same key.
 */
export const commandFor = (
  call: Call,
  known: KnownCall | null,
  now: Instant,
): { readonly commandId: string; readonly isRepeated: boolean } => {
  if (!known) return { commandId: commandIdOf(call, 1), isRepeated: false };
  if (isForgotten(known, now)) return { commandId: commandIdOf(call, known.use + 1), isRepeated: false };
  if (known.fingerprint === call.fingerprint) return { commandId: commandIdOf(call, known.use), isRepeated: true };
  throw new Rejection(
    'conflict',
    'Conflict',
    'This client-request-id was used for another request in the last 24 hours. Send each request with an id of its own; only a repetition of the same request may use it again.',
  );
};
