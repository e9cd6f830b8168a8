import { randomUUID } from 'node:crypto';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import type { Endpoint } from './refusals';
import { toUuid } from './wire';

/** Gossip.Read: this node, and the leader when that is another one. */
export const clusterOf = (self: Endpoint, leader: Endpoint | null): ClusterInfo => {
  const cluster = new ClusterInfo();
  cluster.addMembers(member(self, leader ? MemberInfo.VNodeState.FOLLOWER : MemberInfo.VNodeState.LEADER));
  if (leader) cluster.addMembers(member(leader, MemberInfo.VNodeState.LEADER));
  return cluster;
};

const member = ({ host, port }: Endpoint, state: MemberInfo.VNodeState): MemberInfo =>
  new MemberInfo()
    .setInstanceId(toUuid(randomUUID()))
    .setTimeStamp('0')
    .setState(state)
    .setIsAlive(true)
    .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));

/** What a server of version 24.10 announces of its streams, including what this double does not serve. */
export const supportedMethods = (): SupportedMethods => {
  const supported = new SupportedMethods().setEventStoreServerVersion('24.10.14');
  for (const { path } of Object.values(StreamsService)) {
    const [, service = '', method = ''] = path.toLowerCase().split('/');
    supported.addMethods(new SupportedMethod().setServiceName(service).setMethodName(method));
  }
  return supported;
};
