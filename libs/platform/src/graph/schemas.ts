import type { EntitySchema, PropertySchema } from '@pim/odata';
import { principals } from '../directory';
import { roleDefinitions } from '../role-definitions';
import { directoryObjectSchema } from './directory-schemas';

const text: PropertySchema = { type: 'string' };
const flag: PropertySchema = { type: 'boolean' };
const instant: PropertySchema = { type: 'dateTime' };
const name: PropertySchema = { type: 'string', anyCase: true };

/** Reusable property kinds for the schemas of the contexts. */
export const property = { text, flag, instant, name } as const;

/** reference §1.1 and Appendix A */
export const roleDefinitionSchema: EntitySchema = {
  name: 'unifiedRoleDefinition',
  properties: {
    id: text,
    description: text,
    displayName: name,
    isBuiltIn: flag,
    isEnabled: flag,
    resourceScopes: { type: 'collection' },
    templateId: text,
    version: text,
    rolePermissions: {
      type: 'collection',
      typeName: 'unifiedRolePermission',
      of: { allowedResourceActions: { type: 'collection' }, condition: text },
      filterable: false,
    },
  },
  navigations: { inheritsPermissionsFrom: { to: () => roleDefinitionSchema, many: true, contained: true } },
};

/** beta tells which roles are privileged, and to whom they may be given (reference A.2). */
export const betaRoleDefinitionSchema: EntitySchema = {
  ...roleDefinitionSchema,
  properties: {
    ...roleDefinitionSchema.properties,
    isPrivileged: flag,
    allowedPrincipalTypes: { type: 'string', filterable: false },
  },
};

const expirationType: PropertySchema = {
  type: 'string',
  typeName: 'expirationPatternType',
  enum: ['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'],
};

/** `requestSchedule` (reference Appendix A). */
export const scheduleInfoSchema: PropertySchema = {
  type: 'complex',
  typeName: 'requestSchedule',
  of: {
    startDateTime: instant,
    recurrence: { type: 'string', filterable: false },
    expiration: {
      type: 'complex',
      typeName: 'expirationPattern',
      of: { type: expirationType, endDateTime: instant, duration: { type: 'duration' } },
    },
  },
};

/** The navigations that every schedule, instance and request has. */
export const aboutRole: NonNullable<EntitySchema['navigations']> = {
  principal: {
    to: () => directoryObjectSchema,
    fields: { id: 'principalId' },
    collection: principals.collection,
  },
  roleDefinition: {
    to: () => roleDefinitionSchema,
    fields: { id: 'roleDefinitionId' },
    collection: roleDefinitions.collection,
  },
  directoryScope: { to: () => directoryObjectSchema },
  appScope: { to: () => directoryObjectSchema },
};
