import type { CustomExtensionTerms, Instant, RequestedSchedule } from '@pim/contracts';
import { Rejection } from '@pim/kernel';
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

/** How far the clock of a client may be ahead, in milliseconds; as much as that of whoever issued its token. */
const leewayMs = 30_000;

/**
 * The schedule of an emergency, which starts at once: a start that is now by the client's own clock is left out. Throws
 * `InvalidRoleAssignmentRequestSchedule` for a later one, which is no emergency.
 */
export const startingNow = (schedule: RequestedSchedule, now: Instant): RequestedSchedule => {
  const { startDateTime } = schedule;
  if (startDateTime !== null && Date.parse(startDateTime) - Date.parse(now) > leewayMs)
    throw new Rejection(
      'invalid',
      'InvalidRoleAssignmentRequestSchedule',
      'The schedule of the request is invalid: emergency access starts at once. Leave startDateTime out, or leave isEmergency out to activate later.',
    );
  return { ...schedule, startDateTime: null };
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
