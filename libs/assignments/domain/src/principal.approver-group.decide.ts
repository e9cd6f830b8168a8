import type { Instant, PrincipalEvent } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import type { KnownPrincipal, PrincipalState } from './principal';

/** Tells a group whether settings name it among their approvers. `protectedUntil` is for those that do not any more. */
export type SettleNaming = DomainCommand<
  'SettleNaming',
  { groupId: string; policyStreamId: string; isNamed: boolean; protectedUntil: Instant; now: Instant }
>;

/** Silence for what the group knows, and for one that is not there. */
export const settleNaming = (
  { groupId, policyStreamId, isNamed, protectedUntil, now }: SettleNaming['data'],
  state: PrincipalState,
): PrincipalEvent[] => {
  if (state.status !== 'known' || state.principalType !== 'group') return [];
  const wasNamed = state.namings.get(policyStreamId) === null;
  if (wasNamed === isNamed) return [];
  const about = { groupId, policyStreamId, at: now };
  if (isNamed) return [{ type: 'GroupNamedAsApprover', data: about }];
  return [{ type: 'GroupNoLongerNamedAsApprover', data: { ...about, protectedUntil } }];
};

/**
 * Whether who is in a group matters as much as who has a role: it may hold roles, or settings name it among their
 * approvers, or requests may wait for it that were made when they did.
 */
export const isProtectedGroup = (
  { isAssignableToRole, namings }: Pick<KnownPrincipal, 'isAssignableToRole' | 'namings'>,
  now: Instant,
): boolean => isAssignableToRole || [...namings.values()].some((until) => until === null || until > now);
