import type { Actor, Instant, SeparationOfDutyEvent } from '@pim/contracts';
import { PersistentMap } from '@pim/kernel';

/** Two roles that nobody may have together, who said so, when and why. */
export interface SeparatedPair {
  readonly pairId: string;
  readonly roleDefinitionIds: readonly [string, string];
  readonly reason: string;
  /** Whether it was seen that nobody has both. It counts before, too, but may turn out to have come too late. */
  readonly isConfirmed: boolean;
  readonly by: Actor;
  readonly at: Instant;
}

/** Every pair that stands, by its id. */
export interface SeparationState {
  readonly pairs: PersistentMap<SeparatedPair>;
}

export const noPairs: SeparationState = { pairs: PersistentMap.empty() };

const confirmed = (pairs: SeparationState['pairs'], pairId: string): SeparationState['pairs'] => {
  const pair = pairs.get(pairId);
  return pair ? pairs.with(pairId, { ...pair, isConfirmed: true }) : pairs;
};

/** What an event changes. */
export const evolveSeparation = ({ pairs }: SeparationState, event: SeparationOfDutyEvent): SeparationState => {
  switch (event.type) {
    case 'SeparationOfDutyDeclared':
      return { pairs: pairs.with(event.data.pairId, { ...event.data, isConfirmed: false }) };
    case 'SeparationOfDutyConfirmed':
      return { pairs: confirmed(pairs, event.data.pairId) };
    case 'SeparationOfDutyWithdrawn':
      return { pairs: pairs.without(event.data.pairId) };
    case 'SeparationOfDutyRefused':
      return { pairs };
  }
};

/** Every pair, the oldest first. */
export const pairsIn = ({ pairs }: SeparationState): readonly SeparatedPair[] =>
  [...pairs.values()].sort((a, b) => (a.at + a.pairId < b.at + b.pairId ? -1 : 1));

/** The roles that nobody may have together with this one. */
export const rolesApartFrom = ({ pairs }: SeparationState, roleDefinitionId: string): readonly string[] =>
  [...pairs.values()]
    .filter(({ roleDefinitionIds }) => roleDefinitionIds.includes(roleDefinitionId))
    .flatMap(({ roleDefinitionIds }) => roleDefinitionIds.filter((id) => id !== roleDefinitionId));
