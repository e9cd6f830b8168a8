import fc from 'fast-check';
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

export type Given = 'eligibility' | 'standing';

interface About {
  readonly who: Holder;
  readonly role: RoleName;
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
  | { readonly do: 'decide'; readonly pick: number; readonly yes: boolean }
  | { readonly do: 'approve'; readonly by: 'alice' | 'bob'; readonly pick: number; readonly yes: boolean }
  | { readonly do: 'cancel'; readonly pick: number }
  | { readonly do: 'switch'; readonly who: Person; readonly on: boolean }
  | { readonly do: 'join'; readonly who: Person }
  | { readonly do: 'leave'; readonly who: Person }
  | { readonly do: 'delete'; readonly who: Person }
  | { readonly do: 'limit'; readonly role: RoleName; readonly longest: number }
  | { readonly do: 'wait'; readonly minutes: number };

const day = 24 * 60;
const who = fc.constantFrom(...holders);
const self = fc.constantFrom(...people);
const of = fc.constantFrom(...roles);
const kind = fc.constantFrom<Given[]>('eligibility', 'eligibility', 'standing');
const starts = fc.constantFrom(0, 0, 0, 0, 30, 2 * day);
const lasts = fc.constantFrom<(number | null)[]>(null, 90, 90, day, 5 * day, 16 * day, 40 * day);
const pick = fc.nat(9);
const aim = fc.option(fc.nat(30), { freq: 3 });
const now = fc.constant(0);

/** Somebody who administers roles for good, often the last one. */
const keeper = { kind: 'standing', who: 'paul', role: 'privilegedRoleAdministrator' } as const;

const weighted: readonly (readonly [number, fc.Arbitrary<Action>])[] = [
  [6, fc.record({ do: fc.constant('adminAssign' as const), kind, who, role: of, starts, lasts })],
  [3, fc.record({ do: fc.constant('adminUpdate' as const), aim, kind, who, role: of, starts: now, lasts })],
  [2, fc.record({ do: fc.constant('adminExtend' as const), aim, kind, who, role: of, starts: now, lasts })],
  [3, fc.record({ do: fc.constant('adminRenew' as const), aim, kind, who, role: of, starts: now, lasts })],
  [3, fc.record({ do: fc.constant('adminRemove' as const), aim, kind, who, role: of })],
  [2, fc.constant({ do: 'adminRemove' as const, ...keeper })],
  [
    12,
    fc.record({
      do: fc.constant('selfActivate' as const),
      aim,
      who: self,
      role: of,
      starts,
      lasts: fc.constantFrom(5, 30, 60, 120, 480),
      mfa: fc.constantFrom(true, true, true, true, false),
    }),
  ],
  [4, fc.record({ do: fc.constant('selfDeactivate' as const), aim, who: self, role: of })],
  [3, fc.record({ do: fc.constant('selfExtend' as const), aim, who: self, role: of, starts: now, lasts })],
  [3, fc.record({ do: fc.constant('selfRenew' as const), aim, who: self, role: of, starts: now, lasts })],
  [4, fc.record({ do: fc.constant('decide' as const), pick, yes: fc.boolean() })],
  [
    4,
    fc.record({
      do: fc.constant('approve' as const),
      by: fc.constantFrom('alice' as const, 'bob' as const),
      pick,
      yes: fc.constantFrom(true, true, false),
    }),
  ],
  [2, fc.record({ do: fc.constant('cancel' as const), pick })],
  [3, fc.record({ do: fc.constant('switch' as const), who: self, on: fc.constantFrom(true, true, false) })],
  [
    2,
    fc.record({
      do: fc.constantFrom('join' as const, 'leave' as const),
      who: fc.constantFrom('grace', 'heidi', 'bob'),
    }),
  ],
  [1, fc.record({ do: fc.constant('delete' as const), who: fc.constantFrom('frank', 'heidi') })],
  [1, fc.record({ do: fc.constant('limit' as const), role: of, longest: fc.constantFrom(45, 120, 480, 600) })],
  [8, fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 5, 31, 90, 10 * 60, day, 4 * day) })],
];

export const action: fc.Arbitrary<Action> = fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary })));

const names = new Map<string, string>(
  [...Object.entries(id), ...Object.entries(role)].map(([name, value]) => [value, name]),
);

/** A step as it is reported. */
export const told = (step: Action): string =>
  Object.entries(step)
    .filter(([name, value]) => name !== 'aim' && value !== 0)
    .map(([name, value]) => (name === 'do' ? String(value) : `${name}=${String(value)}`))
    .join(' ');

/** The name of an id of the demo tenant. */
export const nameOf = (value: unknown): string => names.get(String(value)) ?? String(value);
