import type { DomainEvent } from '@pim/kernel';
import { contract, type StreamContract } from '../contract';
import type { Actor, Instant } from '../vocabulary';

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

/** What holders of a role may do; a role may have several such sets, kept apart as its author wrote them. */
export interface RolePermission {
  readonly allowedResourceActions: readonly string[];
}

/** Everything about a custom role that can be changed, and whether what it allows is privileged. */
export interface CustomRole {
  readonly displayName: string;
  readonly description: string | null;
  /** Nobody new is given a disabled role; whoever has it keeps it. */
  readonly isEnabled: boolean;
  /** Told from its actions when they were set. */
  readonly isPrivileged: boolean;
  readonly version: string | null;
  readonly rolePermissions: readonly RolePermission[];
}

/**
 * Recorded when somebody makes a role of the tenant's own; its id is also its template's (reference §1.1).
 * Not recorded for a name or an id that is taken, nor for one role too many.
 */
export type RoleDefinitionCreated = DomainEvent<
  'RoleDefinitionCreated',
  CustomRole & { roleDefinitionId: string; by: Actor; at: Instant }
>;

/**
 * Recorded when somebody changes a custom role: the new value of what differs.
 * Not recorded when everything sent was already so. Built-in roles never change.
 */
export type RoleDefinitionUpdated = DomainEvent<
  'RoleDefinitionUpdated',
  { roleDefinitionId: string; changed: Partial<CustomRole>; by: Actor; at: Instant }
>;

/**
 * Recorded when a custom role is gone for good: its id is never used again. What was granted of it in the same moment
 * ends next. Not recorded while somebody has it: that is RoleDefinitionDeleteRefused.
 */
export type RoleDefinitionDeleted = DomainEvent<
  'RoleDefinitionDeleted',
  { roleDefinitionId: string; by: Actor; at: Instant }
>;

/**
 * Recorded when deleting a custom role was refused because somebody has it or is eligible for it, now or later.
 * Not recorded for a role that does not exist, is built in, or for a caller who may not delete roles at all.
 */
export type RoleDefinitionDeleteRefused = DomainEvent<
  'RoleDefinitionDeleteRefused',
  { roleDefinitionId: string; code: string; message: string; by: Actor; at: Instant }
>;

export type RoleDefinitionEvent =
  | RoleDefinitionRegistered
  | RoleDefinitionCreated
  | RoleDefinitionUpdated
  | RoleDefinitionDeleted
  | RoleDefinitionDeleteRefused;

/** All custom roles share one stream, so that it can keep their names unique and their number limited. */
export const customRolesId = 'custom';

/** Stream `roleDefinition-<id>` of each built-in role, and `roleDefinition-custom` of all others. */
export const roleDefinitionStream: StreamContract<RoleDefinitionEvent['type']> = {
  category: 'roleDefinition',
  context: 'assignments',
  events: [
    contract('RoleDefinitionRegistered'),
    contract('RoleDefinitionCreated'),
    contract('RoleDefinitionUpdated'),
    contract('RoleDefinitionDeleted'),
    contract('RoleDefinitionDeleteRefused'),
  ],
};
