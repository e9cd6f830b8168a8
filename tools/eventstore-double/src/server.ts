import { Server, ServerCredentials, type sendUnaryData } from '@grpc/grpc-js';
import type { EventStore } from '@pim/engine';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { clusterOf, supportedMethods } from './cluster';
import { Node, type AppendCall, type ReadCall } from './node';
import type { Endpoint } from './refusals';

export type { Endpoint } from './refusals';

/** A running double. */
export interface Double extends Endpoint {
  /** For the client: `esdb://127.0.0.1:2113?tls=false`. */
  readonly url: string;
  /** Ends every subscription without an error, as a server does that shuts down in peace. */
  endSubscriptions(): void;
  /** From now on another node is the leader. */
  stepDown(leader: Endpoint): void;
  /** Breaks every call off and takes no more. The store stays open: it is the caller's. */
  stop(): Promise<void>;
}

/** Events of up to 16 MB and something around them, and a hundred calls at once on a connection. */
const options = {
  'grpc.max_receive_message_length': 17 * 1024 * 1024,
  'grpc.max_send_message_length': -1,
  'grpc.max_concurrent_streams': 100,
};

/**
 * Serves a store as EventStoreDB would, on this machine only. For tests: anybody who reaches the port may do anything.
 * Port 0 takes a free one. Rejects when the port is taken.
 */
export const startDouble = async (store: EventStore, port = 0): Promise<Double> => {
  const host = '127.0.0.1';
  const node = new Node(store);
  const server = new Server(options);
  server.addService(StreamsService, {
    append: (call: AppendCall, answer: sendUnaryData<AppendResp>) => node.append(call, answer),
    read: (call: ReadCall) => void node.read(call),
  });
  server.addService(ServerFeaturesService, {
    getSupportedMethods: (_: unknown, answer: sendUnaryData<SupportedMethods>) => answer(null, supportedMethods()),
  });
  server.addService(GossipService, {
    read: (_: unknown, answer: sendUnaryData<ClusterInfo>) =>
      answer(null, clusterOf({ host, port: bound }, node.leader)),
  });
  const bound = await new Promise<number>((resolve, reject) => {
    const credentials = ServerCredentials.createInsecure();
    server.bindAsync(`${host}:${port}`, credentials, (error, taken) => (error ? reject(error) : resolve(taken)));
  });
  return {
    host,
    port: bound,
    url: `esdb://${host}:${bound}?tls=false`,
    endSubscriptions: () => node.endSubscriptions(),
    stepDown: (leader) => (node.leader = leader),
    stop: async () => server.forceShutdown(),
  };
};
