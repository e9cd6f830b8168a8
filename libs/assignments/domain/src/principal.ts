import type { Actor, PrincipalEvent, PrincipalType } from '@pim/contracts';
import { PersistentMap } from '@pim/kernel';

/** Whether an account may be used. One that is being switched off still may, until that is on record. */
export type Account =
  | {
      readonly status: 'on';
      /** Why it was left on when somebody last wanted it off; null when nothing was refused since it came on. */
      readonly refusal: { readonly code: string; readonly message: string } | null;
    }
  | {
      readonly status: 'switchingOff';
      /** Who wants it off. */
      readonly by: Actor;
    }
  | { readonly status: 'off' };

interface Known {
  readonly status: 'known';
  readonly principalType: PrincipalType;
  readonly account: Account;
  /** How often the account went off: tells one time that it was off from another. */
  readonly timesOff: number;
  /** Groups only: member ids, by id. */
  readonly members: PersistentMap<string>;
  /** Groups only (reference §4.14). */
  readonly isAssignableToRole: boolean;
}

/** A user, group or service principal, as far as decisions need it: no names. */
export type PrincipalState = { readonly status: 'absent' } | Known;

export const absent: PrincipalState = { status: 'absent' };

const on: Account = { status: 'on', refusal: null };

const off: Account = { status: 'off' };

const registered = (data: Extract<PrincipalEvent, { type: 'PrincipalRegistered' }>['data']): PrincipalState => ({
  status: 'known',
  principalType: data.principalType,
  account: data.accountEnabled ? on : off,
  timesOff: 0,
  members: PersistentMap.empty(),
  isAssignableToRole: data.isAssignableToRole,
});

/** What an event changes. Nothing before the registration means anything. */
export const evolvePrincipal = (state: PrincipalState, event: PrincipalEvent): PrincipalState => {
  if (event.type === 'PrincipalRegistered') return registered(event.data);
  if (state.status === 'absent') return state;
  switch (event.type) {
    case 'GroupMemberAdded':
      return { ...state, members: state.members.with(event.data.memberId, event.data.memberId) };
    case 'PrincipalDisableRequested':
      return { ...state, account: { status: 'switchingOff', by: event.data.by } };
    case 'PrincipalDisabled':
      return { ...state, account: off, timesOff: state.timesOff + 1 };
    case 'PrincipalEnabled':
      return { ...state, account: on };
    case 'PrincipalDisableRefused':
      return { ...state, account: { status: 'on', refusal: { code: event.data.code, message: event.data.message } } };
  }
};

/** Whether the principal is known and its account is not off. */
export const isEnabled = (state: PrincipalState): state is Known =>
  state.status === 'known' && state.account.status !== 'off';
