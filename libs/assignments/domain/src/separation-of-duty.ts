import type { Actor, Instant, SeparationOfDutyEvent } from '@pim/contracts';
import { PersistentMap } from '@pim/kernel';

/** Two roles that nobody may have together, who said so, when and why. */
export interface SeparatedPair {
  readonly pairId: string;
  readonly roleDefinitionIds: readonly string[];
  readonly reason: string;
  readonly by: Actor;
  readonly at: Instant;
}

/** Every pair that stands, by its id. */
export interface SeparationState {
  readonly pairs: PersistentMap<SeparatedPair>;
}

export const noPairs: SeparationState = { pairs: PersistentMap.empty() };

/** What an event changes. */
export const evolveSeparation = ({ pairs }: SeparationState, event: SeparationOfDutyEvent): SeparationState => {
  switch (event.type) {
    case 'SeparationOfDutyDeclared':
      return { pairs: pairs.with(event.data.pairId, event.data) };
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
