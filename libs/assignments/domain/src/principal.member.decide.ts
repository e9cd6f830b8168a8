import type { Actor, CollectiveType, Instant, PrincipalEvent, PrincipalType } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import { separationRefusal, type Clash } from './clash';
import { badRequest, notFound, requireKnown, type KnownPrincipal, type PrincipalState } from './principal';

/** Somebody who is to become a member or owner, as their own stream knows them; `type` null: it does not. */
export interface Joiner {
  readonly id: string;
  readonly type: PrincipalType | null;
}

/** `clashes`: what the member would get by the group, as far as they have roles that are to be apart from it. */
export type AddGroupMember = DomainCommand<
  'AddGroupMember',
  { groupId: string; member: Joiner; clashes: readonly Clash[]; by: Actor; now: Instant }
>;

/** Takes out again whoever came in, in the moment in which somebody gave a role that is to be apart from the group's. */
export type TakeBackMember = DomainCommand<
  'TakeBackMember',
  { groupId: string; memberId: string; clashes: readonly Clash[]; by: Actor; now: Instant }
>;

export type RemoveGroupMember = DomainCommand<'RemoveGroupMember', { groupId: string; memberId: string; now: Instant }>;

export type AddGroupOwner = DomainCommand<'AddGroupOwner', { groupId: string; owner: Joiner; now: Instant }>;

/** `isGone`: the owner was deleted, so the group may be left without one. */
export type RemoveGroupOwner = DomainCommand<
  'RemoveGroupOwner',
  { groupId: string; ownerId: string; isGone: boolean; now: Instant }
>;

/** What about a group, there or about to be, says who can be in it. */
export type Joined = Pick<KnownPrincipal, 'principalType' | 'isAssignableToRole'>;

const collectiveTypeOf = ({ principalType }: Joined, id: string): CollectiveType => {
  if (principalType === 'group' || principalType === 'administrativeUnit') return principalType;
  throw badRequest(`'${id}' is not a group: only a group has members.`);
};

const requireGroup = (state: PrincipalState, id: string): KnownPrincipal => {
  const group = requireKnown(state, id);
  if (group.principalType === 'group') return group;
  throw badRequest(`'${id}' is not a group: only a group has owners.`);
};

const kinds: Readonly<Record<CollectiveType, readonly PrincipalType[]>> = {
  group: ['user', 'group', 'servicePrincipal'],
  administrativeUnit: ['user', 'group'],
};

/**
 * Throws `Request_ResourceNotFound` for somebody nobody knows, `Request_BadRequest` for somebody who cannot be in it.
 * Whoever could put a group into one that holds roles would give them to its members (reference §4.14).
 */
export const requireMemberFit = (group: Joined, groupId: string, member: Joiner): void => {
  if (member.type === null) throw notFound(member.id);
  if (!kinds[collectiveTypeOf(group, groupId)].includes(member.type))
    throw badRequest(`A ${member.type} cannot be a member here.`);
  if (member.id === groupId) throw badRequest('A group cannot be a member of itself.');
  if (group.isAssignableToRole && member.type === 'group')
    throw badRequest('A group cannot be a member of a role-assignable group. Add its members one by one.');
};

/** A member who comes by the directory is in the group for good. */
const forGood = (now: Instant) => ({ start: now, end: null });

/**
 * Silence for somebody who is in it. Throws `Request_ResourceNotFound` for a group or member that is not there, and
 * `Request_BadRequest` for a member of a kind that cannot be in it. That roles must be apart is a refusal on record.
 */
export const addMember = (
  { groupId, member, clashes, by, now }: AddGroupMember['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  const group = requireKnown(state, groupId);
  const groupType = collectiveTypeOf(group, groupId);
  if (group.members.has(member.id)) return [];
  requireMemberFit(group, groupId, member);
  const about = { groupId, groupType, memberId: member.id, at: now };
  const refusal = separationRefusal(clashes, forGood(now));
  if (refusal) return [{ type: 'GroupMemberRefused', data: { ...about, ...refusal, by } }];
  return [{ type: 'GroupMemberAdded', data: about }];
};

/** Silence for somebody who is not in it, without clashes, and in a group that is gone. */
export const takeBackMember = (
  { groupId, memberId, clashes, by, now }: TakeBackMember['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  const refusal = separationRefusal(clashes, forGood(now));
  if (state.status !== 'known' || !state.members.has(memberId) || !refusal) return [];
  const about = { groupId, groupType: collectiveTypeOf(state, groupId), memberId, at: now };
  return [
    { type: 'GroupMemberRefused', data: { ...about, ...refusal, by } },
    { type: 'GroupMemberRemoved', data: about },
  ];
};

/** Silence for somebody who is not in it, and in a group that is gone. */
export const removeMember = (
  { groupId, memberId, now }: RemoveGroupMember['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  if (state.status === 'deleted') return [];
  const group = requireKnown(state, groupId);
  const groupType = collectiveTypeOf(group, groupId);
  if (!group.members.has(memberId)) return [];
  return [{ type: 'GroupMemberRemoved', data: { groupId, groupType, memberId, at: now } }];
};

/** Throws for somebody nobody knows, or who cannot own a group. */
export const requireOwnerFit = ({ id, type }: Joiner): void => {
  if (type === null) throw notFound(id);
  if (type !== 'user' && type !== 'servicePrincipal')
    throw badRequest(`A ${type} cannot own a group. Name a user or a service principal.`);
};

/** Silence for somebody who owns it already. Only users and service principals own groups. */
export const addOwner = ({ groupId, owner, now }: AddGroupOwner['data'], state: PrincipalState): PrincipalEvent[] => {
  const { owners } = requireGroup(state, groupId);
  if (owners.has(owner.id)) return [];
  requireOwnerFit(owner);
  return [{ type: 'GroupOwnerAdded', data: { groupId, ownerId: owner.id, at: now } }];
};

/** Silence for somebody who does not own it, and in a group that is gone. A group that has an owner keeps one, unless the owner is gone. */
export const removeOwner = (
  { groupId, ownerId, isGone, now }: RemoveGroupOwner['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  if (state.status === 'deleted') return [];
  const { owners } = requireGroup(state, groupId);
  if (!owners.has(ownerId)) return [];
  if (owners.size === 1 && !isGone)
    throw badRequest('The group must have at least one owner, hence this owner cannot be removed. Add another first.');
  return [{ type: 'GroupOwnerRemoved', data: { groupId, ownerId, at: now } }];
};
