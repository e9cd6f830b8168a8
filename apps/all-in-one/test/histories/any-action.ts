import fc from 'fast-check';
import { holders, pairs, people, places, roles, vetted, type Action, type Given } from './action';

const day = 24 * 60;
const who = fc.constantFrom(...holders);
const self = fc.constantFrom(...people);
const of = fc.constantFrom(...roles);
const place = fc.constantFrom(...places);
const kind = fc.constantFrom<Given[]>('eligibility', 'eligibility', 'standing');
const starts = fc.constantFrom(0, 0, 0, 0, 30, 2 * day);
const lasts = fc.constantFrom<(number | null)[]>(null, 90, 90, day, day, 5 * day, 5 * day, 16 * day, 40 * day, 0);
const pick = fc.nat(9);
const aim = fc.option(fc.nat(30), { freq: 3 });
const seldom = fc.oneof({ weight: 7, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(30) });
const now = fc.constant(0);

const action = <D extends Action['do']>(name: D): { readonly do: fc.Arbitrary<D> } => ({ do: fc.constant(name) });

/** Somebody who administers roles for good, often the last one. */
const keeper = { kind: 'standing', who: 'paul', place: 'privilegedRoleAdministrator' } as const;

/** Somebody who may activate the role that asks for an approval, and the one that does so at times. */
const inNeedOfYes = { who: 'erin', place: 'securityAdministrator', starts: 0, lasts: 60, mfa: true } as const;
const inNeedAtTimes = { ...inNeedOfYes, who: 'frank', place: vetted } as const;

const requests: readonly (readonly [number, fc.Arbitrary<Action>])[] = [
  [7, fc.record({ ...action('adminAssign'), aim: seldom, kind, who, place, starts, lasts })],
  [3, fc.record({ ...action('adminUpdate'), aim, kind, who, place, starts: now, lasts })],
  [3, fc.record({ ...action('adminExtend'), aim, kind, who, place, starts: now, lasts })],
  [3, fc.record({ ...action('adminRenew'), aim, kind, who, place, starts: now, lasts })],
  [3, fc.record({ ...action('adminRemove'), aim, kind, who, place })],
  [1, fc.constant({ do: 'adminRemove' as const, ...keeper })],
  [
    13,
    fc.record({
      ...action('selfActivate'),
      aim,
      who: self,
      place,
      starts,
      lasts: fc.constantFrom(5, 30, 60, 120, 480, 0),
      mfa: fc.constantFrom(true, true, true, true, false),
    }),
  ],
  [3, fc.constant({ do: 'selfActivate' as const, ...inNeedOfYes })],
  [3, fc.constant({ do: 'selfActivate' as const, ...inNeedAtTimes })],
  [4, fc.record({ ...action('selfDeactivate'), aim: fc.nat(30), who: self, place })],
  [4, fc.record({ ...action('selfExtend'), aim, who: self, place, starts: now, lasts })],
  [3, fc.record({ ...action('selfRenew'), aim, who: self, place, starts: now, lasts })],
  [4, fc.record({ ...action('decide'), pick, yes: fc.boolean() })],
  [
    4,
    fc.record({
      ...action('approve'),
      by: fc.constantFrom('alice' as const, 'bob' as const),
      pick,
      yes: fc.constantFrom(true, true, false),
    }),
  ],
  [5, fc.record({ ...action('narrow'), by: fc.constantFrom('alice' as const, 'bob' as const), pick })],
  [2, fc.record({ ...action('cancel'), pick })],
];

const outsidePim: readonly (readonly [number, fc.Arbitrary<Action>])[] = [
  [3, fc.record({ ...action('assign'), who, place })],
  [2, fc.record({ ...action('unassign'), pick: fc.nat(30) })],
  [1, fc.record({ ...action('dismiss'), aim, who, place: of })],
  [1, fc.constant({ do: 'dismiss' as const, who: keeper.who, place: keeper.place })],
];

const others: readonly (readonly [number, fc.Arbitrary<Action>])[] = [
  [3, fc.record({ ...action('switch'), who: self, on: fc.constantFrom(true, true, false) })],
  [1, fc.constant({ do: 'switch' as const, who: keeper.who, on: false })],
  [2, fc.record({ ...action('join'), who: fc.constantFrom('grace', 'heidi', 'bob', 'erin') })],
  [2, fc.record({ ...action('leave'), who: fc.constantFrom('grace', 'heidi', 'bob', 'erin') })],
  [1, fc.record({ ...action('delete'), who: fc.constantFrom('frank', 'heidi') })],
  [1, fc.record({ ...action('limit'), role: of, longest: fc.constantFrom(45, 120, 480, 600) })],
  [3, fc.record({ ...action('keep'), aim, place: of, holders: fc.constantFrom(0, 1, 1, 2) })],
  [3, fc.record({ ...action('desk'), there: fc.constantFrom(true, false, false) })],
  [2, fc.record({ ...action('vet'), there: fc.constantFrom(true, true, false) })],
  [2, fc.record({ ...action('unit'), there: fc.boolean() })],
  [3, fc.record({ ...action('separate'), pair: fc.constantFrom(...pairs), there: fc.constantFrom(true, true, false) })],
  [8, fc.record({ ...action('wait'), minutes: fc.constantFrom(1, 5, 31, 90, 10 * 60, day, 4 * day) })],
];

/** Any step of a history, what matters more often than the rest. */
export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  ...[...requests, ...outsidePim, ...others].map(([weight, arbitrary]) => ({ weight, arbitrary })),
);
