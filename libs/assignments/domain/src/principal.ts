import type { PrincipalEvent, PrincipalType } from '@pim/contracts';
import { PersistentMap } from '@pim/kernel';

/** A user, group or service principal, as far as decisions need it: no names. */
export type PrincipalState =
  | { readonly status: 'absent' }
  | {
      readonly status: 'known';
      readonly principalType: PrincipalType;
      readonly accountEnabled: boolean;
      /** Groups only: member ids, by id. */
      readonly members: PersistentMap<string>;
      /** Groups only (reference §4.14). */
      readonly isAssignableToRole: boolean;
      /** The latest refusal to switch the account off, so that the same one again is silence. */
      readonly refused: { readonly by: string; readonly at: string } | null;
    };

export const absent: PrincipalState = { status: 'absent' };

const registered = (data: Extract<PrincipalEvent, { type: 'PrincipalRegistered' }>['data']): PrincipalState => ({
  status: 'known',
  principalType: data.principalType,
  accountEnabled: data.accountEnabled,
  members: PersistentMap.empty(),
  isAssignableToRole: data.isAssignableToRole,
  refused: null,
});

/** What an event changes. Nothing before the registration means anything. */
export const evolvePrincipal = (state: PrincipalState, event: PrincipalEvent): PrincipalState => {
  if (event.type === 'PrincipalRegistered') return registered(event.data);
  if (state.status === 'absent') return state;
  switch (event.type) {
    case 'GroupMemberAdded':
      return { ...state, members: state.members.with(event.data.memberId, event.data.memberId) };
    case 'PrincipalDisabled':
      return { ...state, accountEnabled: false };
    case 'PrincipalEnabled':
      return { ...state, accountEnabled: true };
    case 'PrincipalDisableRefused':
      return { ...state, refused: { by: event.data.by.id, at: event.data.at } };
  }
};
