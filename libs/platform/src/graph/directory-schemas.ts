import type { EntitySchema, PropertySchema } from '@pim/odata';

const text: PropertySchema = { type: 'string' };
const flag: PropertySchema = { type: 'boolean' };
const name: PropertySchema = { type: 'string', anyCase: true };
const instant: PropertySchema = { type: 'dateTime' };
const texts: PropertySchema = { type: 'collection' };
/** Declared by Graph, never set here. */
const unset: PropertySchema = { type: 'string', filterable: false };

const toObjects = { to: (): EntitySchema => directoryObjectSchema, many: true };

/** reference §1.13 */
export const userSchema: EntitySchema = {
  name: 'user',
  base: 'directoryObject',
  properties: {
    id: text,
    deletedDateTime: { type: 'dateTime', filterable: false },
    accountEnabled: flag,
    businessPhones: texts,
    city: name,
    companyName: name,
    country: name,
    createdDateTime: instant,
    department: name,
    displayName: name,
    employeeId: name,
    employeeType: name,
    givenName: name,
    jobTitle: name,
    mail: name,
    mailNickname: name,
    mobilePhone: text,
    officeLocation: name,
    otherMails: texts,
    postalCode: text,
    preferredLanguage: text,
    state: name,
    streetAddress: name,
    surname: name,
    usageLocation: text,
    userPrincipalName: name,
    userType: name,
  },
  navigations: {
    manager: { to: () => userSchema },
    directReports: { to: () => userSchema, many: true },
    memberOf: toObjects,
    transitiveMemberOf: toObjects,
  },
};

export const groupSchema: EntitySchema = {
  name: 'group',
  base: 'directoryObject',
  properties: {
    id: text,
    deletedDateTime: { type: 'dateTime', filterable: false },
    createdDateTime: instant,
    description: name,
    displayName: name,
    groupTypes: texts,
    isAssignableToRole: flag,
    mail: name,
    mailEnabled: flag,
    mailNickname: name,
    membershipRule: unset,
    membershipRuleProcessingState: unset,
    securityEnabled: flag,
    visibility: name,
  },
  navigations: { members: toObjects, owners: toObjects, memberOf: toObjects, transitiveMembers: toObjects },
};

export const servicePrincipalSchema: EntitySchema = {
  name: 'servicePrincipal',
  base: 'directoryObject',
  properties: {
    id: text,
    deletedDateTime: { type: 'dateTime', filterable: false },
    accountEnabled: flag,
    appDisplayName: { ...name, field: 'displayName' },
    appId: text,
    description: name,
    displayName: name,
    servicePrincipalType: { type: 'string', filterable: false },
  },
  navigations: { memberOf: toObjects },
};

export const administrativeUnitSchema: EntitySchema = {
  name: 'administrativeUnit',
  base: 'directoryObject',
  properties: {
    id: text,
    deletedDateTime: { type: 'dateTime', filterable: false },
    description: name,
    displayName: name,
    membershipRule: unset,
    membershipRuleProcessingState: unset,
    membershipType: unset,
    visibility: name,
  },
  navigations: { members: toObjects },
};

const sometimes = (property: PropertySchema): PropertySchema => ({ ...property, optional: true });

/** What an expanded principal prints; which of them are there depends on its type. */
export const directoryObjectSchema: EntitySchema = {
  name: 'directoryObject',
  properties: {
    id: text,
    deletedDateTime: sometimes({ type: 'dateTime', filterable: false }),
    accountEnabled: sometimes(flag),
    appId: sometimes(text),
    description: sometimes(name),
    displayName: sometimes(name),
    givenName: sometimes(name),
    groupTypes: sometimes(texts),
    isAssignableToRole: sometimes(flag),
    jobTitle: sometimes(name),
    mail: sometimes(name),
    mailEnabled: sometimes(flag),
    mailNickname: sometimes(name),
    roleTemplateId: sometimes(text),
    securityEnabled: sometimes(flag),
    surname: sometimes(name),
    userPrincipalName: sometimes(name),
    visibility: sometimes(name),
  },
};

/** A built-in role as old clients know it: a role "activated" in the tenant, which here every enabled one is. */
export const directoryRoleSchema: EntitySchema = {
  name: 'directoryRole',
  base: 'directoryObject',
  properties: {
    id: text,
    deletedDateTime: { type: 'dateTime', filterable: false },
    description: text,
    displayName: name,
    roleTemplateId: { type: 'string', field: 'templateId' },
  },
  navigations: { members: toObjects },
};

export const directoryRoleTemplateSchema: EntitySchema = {
  name: 'directoryRoleTemplate',
  base: 'directoryObject',
  properties: {
    id: text,
    deletedDateTime: { type: 'dateTime', filterable: false },
    description: text,
    displayName: name,
  },
};

const plan = { servicePlanId: text, provisioningStatus: text, appliesTo: text };

export const organizationSchema: EntitySchema = {
  name: 'organization',
  base: 'directoryObject',
  properties: {
    id: text,
    deletedDateTime: { type: 'dateTime', filterable: false },
    assignedPlans: {
      type: 'collection',
      typeName: 'assignedPlan',
      of: { assignedDateTime: instant, capabilityStatus: text, service: text, servicePlanId: text },
    },
    displayName: name,
    tenantType: text,
    verifiedDomains: {
      type: 'collection',
      typeName: 'verifiedDomain',
      of: { capabilities: text, isDefault: flag, isInitial: flag, name: text, type: text },
    },
  },
};

export const subscribedSkuSchema: EntitySchema = {
  name: 'subscribedSku',
  properties: {
    id: text,
    accountId: text,
    accountName: text,
    appliesTo: text,
    capabilityStatus: text,
    consumedUnits: { type: 'int' },
    skuId: text,
    skuPartNumber: text,
    subscriptionIds: texts,
    prepaidUnits: {
      type: 'complex',
      typeName: 'licenseUnitsDetail',
      of: {
        enabled: { type: 'int' },
        lockedOut: { type: 'int' },
        suspended: { type: 'int' },
        warning: { type: 'int' },
      },
    },
    servicePlans: { type: 'collection', typeName: 'servicePlanInfo', of: { ...plan, servicePlanName: text } },
  },
};
