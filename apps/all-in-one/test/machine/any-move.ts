import fc from 'fast-check';
import { administrators, approvers, askers, everybody, type Person } from './people';
import type { Move, Setting, StageSetting } from './move';

const who = fc.constantFrom<Person[]>('erin', ...askers);
const anybody = fc.constantFrom(...everybody);
const administrator = fc.constantFrom(...administrators);
const pick = fc.nat(99);
const some = <T>(of: readonly T[], least: number): fc.Arbitrary<T[]> =>
  fc.uniqueArray(fc.constantFrom(...of), { minLength: least, maxLength: 3 });

const stage: fc.Arbitrary<StageSetting> = fc.record({
  approvers: some([...approvers, 'erin', 'manager'] as const, 0),
  required: fc.constantFrom(1, 1, 1, 2),
  days: fc.constantFrom(1, 1, 2),
  escalation: fc.option(fc.record({ minutes: fc.constantFrom(60, 600), approvers: some(approvers, 1) }), { freq: 2 }),
  remindMinutes: fc.constantFrom(0, 0, 500),
});

/** What the role asks for. */
export const setting: fc.Arbitrary<Setting> = fc.record({
  isOn: fc.constantFrom(true, true, true, true, false),
  stages: fc.array(stage, { minLength: 1, maxLength: 3 }),
});

const move = <D extends Move['do']>(name: D): { readonly do: fc.Arbitrary<D> } => ({ do: fc.constant(name) });
const seldom = fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: anybody });
const often = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: anybody });
const delegator = fc.constantFrom<Person[]>(...approvers, ...approvers, ...everybody);

const asked: readonly (readonly [number, fc.Arbitrary<Move>])[] = [
  [
    2,
    fc.record({
      ...move('assign'),
      who,
      starts: fc.constantFrom(null, null, 200),
      lasts: fc.constantFrom(null, 300, 3_000),
    }),
  ],
  [1, fc.record({ ...move('remove'), who })],
  [
    7,
    fc.record({
      ...move('activate'),
      who,
      by: seldom,
      sees: fc.boolean(),
      until: fc.boolean(),
      starts: fc.constantFrom(null, null, null, 100, 2_000),
      lasts: fc.constantFrom(60, 200, 480),
    }),
  ],
  [3, fc.record({ ...move('deactivate'), who })],
  [2, fc.record({ ...move('cancel'), pick, by: seldom })],
];

const approving: readonly (readonly [number, fc.Arbitrary<Move>])[] = [
  [2, fc.record({ ...move('read'), pick, by: anybody })],
  [
    26,
    fc.record({
      ...move('answer'),
      pick,
      by: often,
      says: fc.constantFrom('Approve', 'Approve', 'Approve', 'Approve', 'Approve', 'Deny'),
      stage: fc.constantFrom(0, 0, 0, 0, 0, 1, 2),
      shows: fc.constantFrom('nothing', 'now', 'what was read'),
      atMost: fc.constantFrom(null, null, null, 30, 600),
      reason: fc.constantFrom('fine', 'fine', 'fine', ''),
    }),
  ],
  [
    4,
    fc.record({
      ...move('delegate'),
      pick,
      from: fc.constantFrom<(Person | null)[]>(null, null, null, ...everybody),
      to: anybody,
      starts: fc.constantFrom(0, 0, 60),
      lasts: fc.constantFrom(60, 2_000, 5_000),
    }),
  ],
  [1, fc.record({ ...move('take back'), pick, from: delegator })],
];

const world: readonly (readonly [number, fc.Arbitrary<Move>])[] = [
  [2, fc.record({ ...move('set'), by: fc.oneof(administrator, anybody), setting })],
  [1, fc.record({ ...move('limit'), by: administrator, hours: fc.constantFrom(2, 8) })],
  [3, fc.record({ ...move('switch'), who: anybody, on: fc.constantFrom(true, true, false) })],
  [2, fc.record({ ...move('wait'), minutes: fc.constantFrom(1, 30, 500) })],
  [4, fc.record({ ...move('wait for'), ms: fc.constantFrom(-1, 0, 0, 1) })],
  [14, fc.record({ ...move('work'), pick, steps: fc.integer({ min: 1, max: 6 }) })],
  [9, fc.record({ ...move('settle'), pick })],
  [3, fc.record({ ...move('again'), pick, events: fc.integer({ min: 0, max: 4 }) })],
];

/** What does not happen in a history: without some of it the rest meets more often. */
export const absent: fc.Arbitrary<Move['do'][]> = fc.subarray([
  ...(['assign', 'remove', 'deactivate', 'cancel', 'read', 'delegate', 'take back', 'set', 'limit'] as const),
  ...(['switch', 'wait', 'wait for', 'settle', 'again'] as const),
]);

/** Anything that anybody does, or that time or a machine brings. */
export const anyMove: fc.Arbitrary<Move> = fc.oneof(
  ...[...asked, ...approving, ...world].map(([weight, arbitrary]) => ({ weight, arbitrary })),
);
