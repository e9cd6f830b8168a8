import { organizationSchema, subscribedSkuSchema, type EntitySet, type Tenant } from '@pim/platform';

/** Microsoft's own ids for Entra ID P2, which clients compare with. */
const premium = { skuId: '84a661c4-e949-4bd2-a560-ed7766fcaf2b', skuPartNumber: 'AAD_PREMIUM_P2' } as const;
const premiumPlan = 'eec0eb4f-6444-4f95-aba0-50c24d67f998';

export const organizations: EntitySet = {
  path: 'organization',
  collection: '',
  schema: organizationSchema,
  expand: {},
};

export const subscribedSkus: EntitySet = {
  path: 'subscribedSkus',
  collection: '',
  schema: subscribedSkuSchema,
  expand: {},
};

export const organizationOf = ({ tenantId }: Tenant) => ({
  id: tenantId,
  displayName: 'OpenPIM',
  tenantType: 'AAD',
  verifiedDomains: [],
  assignedPlans: [
    { assignedDateTime: null, capabilityStatus: 'Enabled', service: 'AADPremiumService', servicePlanId: premiumPlan },
  ],
});

/** Everybody is licensed: nothing here costs anything. */
export const premiumOf = ({ tenantId }: Tenant, users: number) => ({
  ...premium,
  id: `${tenantId}_${premium.skuId}`,
  accountId: tenantId,
  accountName: 'OpenPIM',
  appliesTo: 'User',
  capabilityStatus: 'Enabled',
  consumedUnits: users,
  subscriptionIds: [],
  prepaidUnits: { enabled: users, lockedOut: 0, suspended: 0, warning: 0 },
  servicePlans: [
    {
      servicePlanId: premiumPlan,
      servicePlanName: premium.skuPartNumber,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    },
  ],
});
