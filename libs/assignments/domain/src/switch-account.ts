import type { Actor, Instant } from '@pim/contracts';
import type { PrincipalState } from './principal';
import type { DisablePrincipal, RefuseDisable } from './principal.account.decide';
import type { RoleScheduleState } from './role-schedule';
import type { BarPrincipal, LiftBar } from './role-schedule.disable.decide';
import type { RoleAtScope } from './schedule';

/** The guard of a role that must keep holders, as it was read. */
export interface Guard {
  readonly role: RoleAtScope;
  /** Whether it is a protected one. */
  readonly isProtected: boolean;
  readonly state: RoleScheduleState;
}

/** What is known of an account on its way off or on. */
export interface Switching {
  readonly principalId: string;
  readonly principal: PrincipalState;
  /** One for each role that must keep holders, read after the principal. */
  readonly guards: readonly Guard[];
  /** Why a guard did not let the account go, when one has just said so. */
  readonly refusal: { readonly code: string; readonly message: string } | null;
  readonly by: Actor;
  readonly now: Instant;
}

/** The next thing to record, in a guard's stream or in the principal's own. */
export type SwitchStep =
  | { readonly at: 'guard'; readonly role: RoleAtScope; readonly command: BarPrincipal | LiftBar }
  | { readonly at: 'principal'; readonly command: DisablePrincipal | RefuseDisable };

type Known = Extract<PrincipalState, { status: 'known' }>;

const lift = ({ guards, principalId, by, now }: Switching): SwitchStep | null => {
  const barring = guards.find(({ state }) => state.barred.has(principalId));
  if (!barring) return null;
  return {
    at: 'guard',
    role: barring.role,
    command: { type: 'LiftBar', data: { ...barring.role, principalId, by, now } },
  };
};

/** Every guard first; the account goes off only when each of them has let it go. */
const barOrDisable = ({ guards, principalId, by, now }: Switching): SwitchStep => {
  const open = guards.find(({ state }) => !state.barred.has(principalId));
  if (!open) return { at: 'principal', command: { type: 'DisablePrincipal', data: { principalId, now } } };
  return {
    at: 'guard',
    role: open.role,
    command: { type: 'BarPrincipal', data: { ...open.role, isProtected: open.isProtected, principalId, by, now } },
  };
};

const steps: Readonly<Record<Known['account']['status'], (switching: Switching) => SwitchStep | null>> = {
  on: lift,
  switchingOff: (switching) => {
    const { refusal, principalId, now } = switching;
    if (!refusal) return barOrDisable(switching);
    const refused: SwitchStep = {
      at: 'principal',
      command: { type: 'RefuseDisable', data: { principalId, ...refusal, now } },
    };
    return lift(switching) ?? refused;
  },
  off: () => null,
};

/**
 * What has to be recorded next so that an account gets where it is meant to be; null: it is there. Decided from what is
 * on record alone, so whoever was interrupted between two steps goes on with the right one. Only for the one consumer of
 * the principal's stream: two at once would lift what the other has barred.
 */
export const nextSwitchStep = (switching: Switching): SwitchStep | null => {
  const { principal } = switching;
  return principal.status !== 'known' ? null : steps[principal.account.status](switching);
};
