import { handleBatch, type HandleMessage } from './consumed-batch';
import type { EachBatchPayload, KafkaMessage } from './kafka-client';

const messagesOf = (count: number): KafkaMessage[] =>
  Array.from({ length: count }, (_, offset) => ({ offset: String(offset) }) as KafkaMessage);

/** A batch as kafkajs hands it over, which notes what it is told. */
const batchOf = (count: number, heartbeat: () => Promise<void> = async () => undefined) => {
  const told: string[] = [];
  const payload = {
    batch: { messages: messagesOf(count) },
    resolveOffset: (offset: string) => void told.push(`done ${offset}`),
    commitOffsetsIfNecessary: async () => void told.push('commit'),
    heartbeat,
    isRunning: () => true,
    isStale: () => false,
  } as unknown as EachBatchPayload;
  return { told, payload };
};

const run = (payload: EachBatchPayload, handle: HandleMessage, closing = new AbortController().signal) =>
  handleBatch(payload, { handle, heartbeatMs: 2, closing });

/** Waits until it is ended, as the pause before another try does. */
const untilEnded = (signal: AbortSignal) =>
  new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false)));

describe('a batch', () => {
  it('is handled in parts, and what was done is committed after each', async () => {
    const { told, payload } = batchOf(130);
    let handled = 0;
    await run(payload, async () => Boolean((handled += 1)));
    expect(handled).toBe(130);
    expect(told).toEqual(['done 63', 'commit', 'done 127', 'commit', 'done 129', 'commit']);
  });

  it('keeps the member in its group while a handler takes its time', async () => {
    let beats = 0;
    const { payload } = batchOf(1, async () => void (beats += 1));
    await run(payload, async () => {
      while (beats < 3) await new Promise((resolve) => setTimeout(resolve, 1));
      return true;
    });
    expect(beats).toBeGreaterThanOrEqual(3);
  });

  it('is given back when the group is divided anew: what waits is ended, and only what was done is committed', async () => {
    const rebalancing = new Error('REBALANCE_IN_PROGRESS');
    const { told, payload } = batchOf(100, () => Promise.reject(rebalancing));
    const handled: string[] = [];
    const handle: HandleMessage = ({ offset }, signal) => {
      handled.push(offset);
      return offset === '3' ? untilEnded(signal) : Promise.resolve(true);
    };
    await expect(run(payload, handle)).rejects.toBe(rebalancing);
    expect(told).toEqual(['done 2']);
    expect(handled).toHaveLength(64);
  });

  it('is given back when the bus closes', async () => {
    const closing = new AbortController();
    const { told, payload } = batchOf(100);
    const running = run(
      payload,
      ({ offset }, signal) => (offset === '1' ? untilEnded(signal) : Promise.resolve(true)),
      closing.signal,
    );
    closing.abort();
    await running;
    expect(told).toEqual(['done 0']);
  });
});
