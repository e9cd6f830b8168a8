import { id, role } from '../support/server';

/** People and a group whose roles change. Ada administers, Alice approves, and neither is touched. */
export const people = ['erin', 'frank', 'grace', 'heidi', 'bob', 'paul'] as const;
export const holders = [...people, 'helpdesk'] as const;
export type Person = (typeof people)[number];
export type Holder = (typeof holders)[number];

/** Free to activate, with a ticket, with an approval, and protected by the last-administrator rule. */
export const roles = [
  'userAdministrator',
  'helpdeskAdministrator',
  'securityAdministrator',
  'privilegedRoleAdministrator',
] as const;
export type RoleName = (typeof roles)[number];

const inUnit = ['userAdministrator@unit', 'helpdeskAdministrator@unit'] as const;

/** A role of the tenant's own, which comes and goes: free to activate, and held in the whole tenant. */
export const desk = 'desk';
export type AnyRole = RoleName | typeof desk;

/** A role and where it is held: in the whole tenant, or in the one administrative unit that comes and goes. */
export const places = [...roles, desk, ...inUnit] as const;
export type Place = (typeof places)[number];

/** The role that asks for an approval at times, and can be held in the unit as well. */
export const vetted = 'userAdministrator';

export const roleOf = (place: Place): AnyRole => place.replace('@unit', '') as AnyRole;
export const isInUnit = (place: Place): boolean => place.endsWith('@unit');

/** Roles that are at times declared to be apart: nobody may have both. */
export const pairs = [
  ['helpdeskAdministrator', 'privilegedRoleAdministrator'],
  ['userAdministrator', 'securityAdministrator'],
] as const;
export type Pair = (typeof pairs)[number];

export type Given = 'eligibility' | 'standing';

interface About {
  readonly who: Holder;
  readonly place: Place;
  /** Takes somebody and a role that it fits instead, when there are any. */
  readonly aim?: number | null;
}

/** Minutes; of `starts`, from now; of `lasts`, null for good. */
export interface Times {
  readonly starts: number;
  readonly lasts: number | null;
}

/** One step of a history. What it picks by number is the one at that place, round and round. */
export type Action =
  | ({ readonly do: 'adminAssign'; readonly kind: Given } & About & Times)
  | ({ readonly do: 'adminUpdate'; readonly kind: Given } & About & Times)
  | ({ readonly do: 'adminExtend'; readonly kind: Given } & About & Times)
  | ({ readonly do: 'adminRenew'; readonly kind: Given } & About & Times)
  | ({ readonly do: 'adminRemove'; readonly kind: Given } & About)
  | ({ readonly do: 'selfActivate'; readonly mfa: boolean; readonly who: Person } & About & Times)
  | ({ readonly do: 'selfDeactivate'; readonly who: Person } & About)
  | ({ readonly do: 'selfExtend'; readonly who: Person } & About & Times)
  | ({ readonly do: 'selfRenew'; readonly who: Person } & About & Times)
  // Outside PIM: given by `roleAssignments`, taken by its id, or by the member of the directory role.
  | ({ readonly do: 'assign' } & About)
  | { readonly do: 'unassign'; readonly pick: number }
  | ({ readonly do: 'dismiss' } & About)
  | { readonly do: 'decide'; readonly pick: number; readonly yes: boolean }
  | { readonly do: 'approve'; readonly by: 'alice' | 'bob'; readonly pick: number; readonly yes: boolean }
  // Agrees for the unit alone.
  | { readonly do: 'narrow'; readonly by: 'alice' | 'bob'; readonly pick: number }
  // Whether this role asks for an approval, too.
  | { readonly do: 'vet'; readonly there: boolean }
  | { readonly do: 'cancel'; readonly pick: number }
  | { readonly do: 'switch'; readonly who: Person; readonly on: boolean }
  | { readonly do: 'join'; readonly who: Person }
  | { readonly do: 'leave'; readonly who: Person }
  | { readonly do: 'delete'; readonly who: Person }
  | { readonly do: 'limit'; readonly role: RoleName; readonly longest: number }
  | { readonly do: 'keep'; readonly place: RoleName; readonly holders: number; readonly aim?: number | null }
  // Makes the unit when there is none, deletes it when there is one, or does nothing.
  | { readonly do: 'unit'; readonly there: boolean }
  // The same of the tenant's own role, which nobody may have when it is deleted.
  | { readonly do: 'desk'; readonly there: boolean }
  // Declares the pair, withdraws it, or does nothing.
  | { readonly do: 'separate'; readonly pair: Pair; readonly there: boolean }
  | { readonly do: 'wait'; readonly minutes: number };

export type Asked<D extends Action['do']> = Extract<Action, { do: D }>;

const names = new Map<string, string>(
  [...Object.entries(id), ...Object.entries(role)].map(([name, value]) => [value, name]),
);

/** A step as it is reported. */
export const told = (step: Action): string =>
  Object.entries(step)
    .filter(([name, value]) => name !== 'aim' && !(name === 'starts' && value === 0))
    .map(([name, value]) => (name === 'do' ? String(value) : `${name}=${String(value)}`))
    .join(' ');

/** The name of an id of the demo tenant. */
export const nameOf = (value: unknown): string => names.get(String(value)) ?? String(value);
