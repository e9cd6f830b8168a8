import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Instant } from '../vocabulary';

/**
 * Recorded when a role enters the catalogue: the built-in ones on first start.
 * Not recorded again on later starts, nor when Microsoft changes a role's actions.
 */
export type RoleDefinitionRegistered = DomainEvent<
  'RoleDefinitionRegistered',
  {
    roleDefinitionId: string;
    templateId: string;
    displayName: string;
    description: string;
    isBuiltIn: boolean;
    isEnabled: boolean;
    isPrivileged: boolean;
    allowedResourceActions: readonly string[];
    at: Instant;
  }
>;

export type RoleDefinitionEvent = RoleDefinitionRegistered;

/** Stream `roleDefinition-<id>`. */
export const roleDefinitionStream: StreamContract<RoleDefinitionEvent['type']> = {
  category: 'roleDefinition',
  context: 'assignments',
  events: [contract('RoleDefinitionRegistered')],
};
