import type { sendUnaryData, ServerReadableStream, ServerWritableStream } from '@grpc/grpc-js';
import type { EventStore } from '@pim/engine';
import { AppendReq, AppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { record } from './append';
import { readingOf } from './read';
import { notLeader, toRefusal, type Endpoint } from './refusals';
import { subscribe } from './subscribe';

export type AppendCall = ServerReadableStream<AppendReq, AppendResp>;
export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** One node: answers while it leads, and says who does when it does not. */
export class Node {
  leader: Endpoint | null = null;
  private readonly subscribers = new Set<ReadCall>();

  constructor(private readonly store: EventStore) {}

  /** Streams.Append: a header, the events, one answer. */
  append(call: AppendCall, answer: sendUnaryData<AppendResp>): void {
    const requests: AppendReq[] = [];
    call.on('data', (request: AppendReq) => requests.push(request));
    call.on('end', () => {
      this.checkLeads(call)
        .then(() => record(this.store, requests))
        .then(
          (response) => answer(null, response),
          (error: unknown) => answer(toRefusal(error)),
        );
    });
  }

  /** Streams.Read: some events, or a subscription. */
  async read(call: ReadCall): Promise<void> {
    const options = call.request.getOptions() ?? new ReadReq.Options();
    try {
      await this.checkLeads(call);
      if (options.hasSubscription()) return await this.subscribe(call, options);
      for (const response of await readingOf(this.store, options)) await sendTo(call, response);
      call.end();
    } catch (error) {
      if (!call.cancelled) call.emit('error', toRefusal(error));
    }
  }

  endSubscriptions(): void {
    for (const call of this.subscribers) call.end();
  }

  private async checkLeads({ metadata }: AppendCall | ReadCall): Promise<void> {
    if (this.leader && metadata.get('requires-leader').length > 0) throw notLeader(this.leader);
  }

  private async subscribe(call: ReadCall, options: ReadReq.Options): Promise<void> {
    this.subscribers.add(call);
    const gone = oneOf(call, ['close', 'cancelled']);
    try {
      const stop = await subscribe(this.store, options, (response) => sendTo(call, response));
      await gone;
      await stop();
    } finally {
      this.subscribers.delete(call);
    }
  }
}

/** Resolves when there is room for the next response. Throws when the caller has gone. */
const sendTo = async (call: ReadCall, response: ReadResp): Promise<void> => {
  if (call.cancelled || call.writableEnded) throw new Error('The caller has gone.');
  if (!call.write(response)) await oneOf(call, ['drain', 'close', 'cancelled']);
};

const oneOf = (call: ReadCall, names: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    const happened = () => {
      for (const name of names) call.off(name, happened);
      resolve();
    };
    for (const name of names) call.on(name, happened);
  });
