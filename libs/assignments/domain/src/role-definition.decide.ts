import type { Instant, RoleDefinitionEvent, RoleDefinitionRegistered } from '@pim/contracts';
import type { Decider, DomainCommand } from '@pim/kernel';

/** A role of the catalogue, as far as decisions need it. */
export type RoleDefinitionState =
  { readonly status: 'absent' } | { readonly status: 'known'; readonly isEnabled: boolean };

/** Enters a role into the catalogue. A role that is in it stays as it is, whatever is said about it now. */
export type RegisterRoleDefinition = DomainCommand<
  'RegisterRoleDefinition',
  Omit<RoleDefinitionRegistered['data'], 'at'> & { now: Instant }
>;

export const roleDefinition: Decider<RoleDefinitionState, RegisterRoleDefinition, RoleDefinitionEvent> = {
  initial: { status: 'absent' },
  evolve: (_state, event) => ({ status: 'known', isEnabled: event.data.isEnabled }),
  decide: ({ data: { now, ...definition } }, state) =>
    state.status === 'known' ? [] : [{ type: 'RoleDefinitionRegistered', data: { ...definition, at: now } }],
};
