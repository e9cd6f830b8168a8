// What would have to change for a deployment to be as a file says: pairs of words for people and of a call to make.
import { planEligibilities } from './plan-eligibilities.mjs';
import { planRoles } from './plan-roles.mjs';
import { planSettings } from './plan-settings.mjs';

/**
 * Changes in the order they are made: each with a `title`, `details`, and `make`, which sends it. Asks the deployment
 * and changes nothing. Throws for a name that stands for nothing, or for more than one thing.
 */
export const planFor = async (policy, tenant, options) => {
  const { changes, target } = planRoles(policy.roles ?? [], tenant);
  const settings = await planSettings(policy.settings ?? [], { tenant, target });
  const eligibilities = await planEligibilities(policy.eligibilities ?? [], { tenant, target, ...options });
  return [...changes, ...settings, ...eligibilities];
};
