import type { Instant } from '@pim/contracts';
import { holdingsOf, shared, type RoleHolders } from './role-holders';
import type { Window } from './schedule';
import type { Refusal } from './schedule-order';

/** A role that somebody would get by what is asked for, and when at the most. */
export interface Gain extends Window {
  readonly principalId: string;
  readonly roleDefinitionId: string;
}

/** A time in which somebody must not get a role, because they have one that is to be apart from it. */
export interface Clash extends Window {
  readonly principalId: string;
  /** The role they must not get, and the one they have, in words. */
  readonly gains: string;
  readonly has: string;
}

/** When a gain and what its principal has of another role would meet. */
export const clashesOf = (
  gain: Gain,
  other: { readonly roleDefinitionId: string; readonly holders: RoleHolders },
  now: Instant,
): readonly Clash[] => {
  const { principalId, roleDefinitionId: gains } = gain;
  return holdingsOf(other.holders, principalId, now).flatMap((held) => {
    const meeting = shared(gain, held);
    return meeting ? [{ ...meeting, principalId, gains, has: other.roleDefinitionId }] : [];
  });
};

/** Why something may not be given for this time; null when it may. The rule's name stands where clients read the others'. */
export const separationRefusal = (clashes: readonly Clash[], window: Window): Refusal | null => {
  const clash = clashes.find((one) => shared(one, window));
  if (!clash) return null;
  const { principalId, gains, has, end } = clash;
  const until = end === null ? '' : ` until ${end}`;
  return {
    code: 'RoleAssignmentRequestPolicyValidationFailed',
    message:
      `The following policy rules failed: ["SeparationOfDutyRule"]. Nobody may have ${gains} together with ${has}, ` +
      `which ${principalId} has or is eligible for${until}. End that first.`,
  };
};
