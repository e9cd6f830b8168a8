import type { Actor, Instant, SeparationOfDutyEvent } from '@pim/contracts';
import { Rejection, type Decider, type DomainCommand } from '@pim/kernel';
import { badRequest } from './principal';
import { evolveSeparation, noPairs, pairsIn, type SeparationState } from './separation-of-duty';

/** Pairs in one tenant: each is looked through whenever one of its roles is given. */
const mostPairs = 200;

/** How many of those who have both roles a refusal names. */
const mostNamed = 10;

/** Two roles are to be apart. `unknown`: those of them that are no role; `violators`: who has both at some time from now on. */
export type DeclarePair = DomainCommand<
  'DeclarePair',
  {
    pairId: string;
    roleDefinitionIds: readonly [string, string];
    reason: string;
    unknown: readonly string[];
    violators: readonly string[];
    by: Actor;
    now: Instant;
  }
>;

/** Looked at again after the declaration: whoever got both in that moment is a violator. */
export type SettlePair = DomainCommand<
  'SettlePair',
  { pairId: string; violators: readonly string[]; by: Actor; now: Instant }
>;

/** They need not be any more. */
export type WithdrawPair = DomainCommand<'WithdrawPair', { pairId: string; by: Actor; now: Instant }>;

/** A role is gone: nobody can have it together with anything. */
export type WithdrawPairsOfRole = DomainCommand<
  'WithdrawPairsOfRole',
  { roleDefinitionId: string; by: Actor; now: Instant }
>;

export type SeparationCommand = DeclarePair | SettlePair | WithdrawPair | WithdrawPairsOfRole;

const conflict = (message: string): Rejection => new Rejection('conflict', 'Conflict', message);

/** Why a pair cannot be declared while these have both roles. */
export const violatedBy = (violators: readonly string[]): { readonly code: string; readonly message: string } => {
  const more = violators.length - mostNamed;
  const named = `${violators.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const message = `These principals have or are eligible for both roles: ${named}. End one of the two for each of them first.`;
  return { code: 'Conflict', message };
};

const requirePair = ({ roleDefinitionIds, unknown }: DeclarePair['data'], { pairs }: SeparationState): void => {
  const [one, other] = roleDefinitionIds;
  if (one === other) throw badRequest('roleDefinitionIds must name two different roles.');
  if (unknown.length > 0) throw badRequest(`There is no role ${unknown.join(', no role ')}.`);
  const isDeclared = [...pairs.values()].some((pair) =>
    roleDefinitionIds.every((id) => pair.roleDefinitionIds.includes(id)),
  );
  if (isDeclared) throw conflict('These two roles are declared to be apart already.');
  if (pairs.size >= mostPairs)
    throw badRequest(`A tenant has at most ${mostPairs} pairs of separated roles. Withdraw one first.`);
};

/**
 * Throws `Request_BadRequest` for what is no pair of roles and for one pair too many, `Conflict` for one that is there
 * under another id. That somebody has both is a refusal on record.
 */
const declare = (data: DeclarePair['data'], state: SeparationState): readonly SeparationOfDutyEvent[] => {
  if (state.pairs.has(data.pairId)) return [];
  requirePair(data, state);
  const { pairId, roleDefinitionIds, reason, violators, by, now } = data;
  const about = { pairId, roleDefinitionIds };
  if (violators.length > 0)
    return [{ type: 'SeparationOfDutyRefused', data: { ...about, ...violatedBy(violators), by, at: now } }];
  return [{ type: 'SeparationOfDutyDeclared', data: { ...about, reason, by, at: now } }];
};

/** Silence for a pair that is not there, and for one that is confirmed: nobody came by both after that. */
const settle = (
  { pairId, violators, by, now }: SettlePair['data'],
  { pairs }: SeparationState,
): readonly SeparationOfDutyEvent[] => {
  const pair = pairs.get(pairId);
  if (!pair || pair.isConfirmed) return [];
  const data = { pairId, roleDefinitionIds: pair.roleDefinitionIds, by, at: now };
  return violators.length === 0
    ? [{ type: 'SeparationOfDutyConfirmed', data }]
    : [{ type: 'SeparationOfDutyWithdrawn', data: { ...data, cause: 'violated' } }];
};

/** Silence for a pair that is not there. */
const withdraw = (
  { pairId, by, now }: WithdrawPair['data'],
  { pairs }: SeparationState,
): readonly SeparationOfDutyEvent[] => {
  const pair = pairs.get(pairId);
  if (!pair) return [];
  const { roleDefinitionIds } = pair;
  return [{ type: 'SeparationOfDutyWithdrawn', data: { pairId, roleDefinitionIds, cause: 'asked', by, at: now } }];
};

/** Silence when no pair names the role. */
const withdrawOf = (
  { roleDefinitionId, by, now }: WithdrawPairsOfRole['data'],
  state: SeparationState,
): readonly SeparationOfDutyEvent[] =>
  pairsIn(state)
    .filter(({ roleDefinitionIds }) => roleDefinitionIds.includes(roleDefinitionId))
    .map(({ pairId, roleDefinitionIds }) => ({
      type: 'SeparationOfDutyWithdrawn',
      data: { pairId, roleDefinitionIds, cause: 'role-deleted', by, at: now },
    }));

const decide = (command: SeparationCommand, state: SeparationState): readonly SeparationOfDutyEvent[] => {
  switch (command.type) {
    case 'DeclarePair':
      return declare(command.data, state);
    case 'SettlePair':
      return settle(command.data, state);
    case 'WithdrawPair':
      return withdraw(command.data, state);
    case 'WithdrawPairsOfRole':
      return withdrawOf(command.data, state);
  }
};

/** The list of pairs; that nobody has both roles of one is kept where roles are given. */
export const separationOfDuty: Decider<SeparationState, SeparationCommand, SeparationOfDutyEvent> = {
  initial: noPairs,
  evolve: evolveSeparation,
  decide,
};
