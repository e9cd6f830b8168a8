import { createStop } from '@pim/engine';
import type { EachBatchPayload, KafkaMessage } from './kafka-client';

/** Handles one message; false when that was ended before it was done. Must not throw. */
export type HandleMessage = (message: KafkaMessage, signal: AbortSignal) => Promise<boolean>;

/** Messages that are handled at the same time. */
const chunkSize = 64;

export interface BatchOptions {
  readonly handle: HandleMessage;
  /** How often the group hears of us while messages are being handled. */
  readonly heartbeatMs: number;
  readonly closing: AbortSignal;
}

/**
 * Handles a batch, some messages at a time, and lets the group know in between how far it came and that we are alive: a
 * handler may take longer than the session. When the group is being divided anew, or the bus closes, what waits is given
 * up, what runs is waited for, and only what was done is committed. Throws only what kafkajs itself threw.
 */
export const handleBatch = async (payload: EachBatchPayload, options: BatchOptions): Promise<void> => {
  const { batch, resolveOffset, commitOffsetsIfNecessary, heartbeat } = payload;
  for (let start = 0; start < batch.messages.length; start += chunkSize) {
    if (!mayGoOn(payload, options.closing)) return;
    const chunk = batch.messages.slice(start, start + chunkSize);
    const { done, failure } = await handleChunk(chunk, heartbeat, options);
    const last = chunk[done - 1];
    if (last) resolveOffset(last.offset);
    if (failure) throw failure.error;
    if (done < chunk.length) return;
    await commitOffsetsIfNecessary();
    await heartbeat();
  }
};

const mayGoOn = ({ isRunning, isStale }: EachBatchPayload, closing: AbortSignal): boolean =>
  isRunning() && !isStale() && !closing.aborted;

interface ChunkOutcome {
  /** How many from the first on were handled without a gap. */
  readonly done: number;
  /** What the heartbeat threw meanwhile. */
  readonly failure: { readonly error: unknown } | null;
}

const handleChunk = async (
  chunk: readonly KafkaMessage[],
  heartbeat: () => Promise<void>,
  { handle, heartbeatMs, closing }: BatchOptions,
): Promise<ChunkOutcome> => {
  const turn = createStop();
  const endTurn = () => turn.abort();
  closing.addEventListener('abort', endTurn);
  const handling = Promise.all(chunk.map((message) => handle(message, turn.signal)));
  const failure = await beatUntil(handling, heartbeat, heartbeatMs);
  if (failure) endTurn();
  const gap = (await handling).indexOf(false);
  closing.removeEventListener('abort', endTurn);
  return { done: gap < 0 ? chunk.length : gap, failure };
};

/** Heartbeats until the work is done; ends early, with the reason, when one fails. */
const beatUntil = (
  work: Promise<unknown>,
  heartbeat: () => Promise<void>,
  everyMs: number,
): Promise<ChunkOutcome['failure']> =>
  new Promise((resolve) => {
    const end = (failure: ChunkOutcome['failure']) => {
      clearInterval(timer);
      resolve(failure);
    };
    const timer = setInterval(() => void heartbeat().catch((error: unknown) => end({ error })), everyMs);
    void work.then(() => end(null));
  });
