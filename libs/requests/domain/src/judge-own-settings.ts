import type { CustomExtensionTerms } from '@pim/contracts';
import { deniedCode, type Facts, type Refusal } from './ask';
import type { AdmittedAsk } from './judge-admission';

/** Emergency access is for the people the role settings name; whoever else says so is refused, and that is on record. */
export const emergencyRefusal = (
  { isEmergency, principalId }: Pick<AdmittedAsk, 'isEmergency' | 'principalId'>,
  { policy }: Pick<Facts, 'policy'>,
): Refusal | null => {
  if (!isEmergency || policy.emergencyAccess?.people.includes(principalId)) return null;
  return {
    code: deniedCode,
    message: 'isEmergency is for the people whom the role settings name for emergency access.',
  };
};

/** What the role's endpoint is asked under, frozen now; null when an activation does not wait for one. */
export const customExtensionTerms = (
  { action }: Pick<AdmittedAsk, 'action'>,
  { policy, caller }: Pick<Facts, 'policy' | 'caller'>,
): CustomExtensionTerms | null => {
  const { customExtension } = policy;
  if (action !== 'selfActivate' || !customExtension?.isEnabled) return null;
  const { endpoint, timeoutSeconds } = customExtension;
  return { endpoint, timeoutSeconds, authentication: caller.authentication };
};
