import type { RequestedSchedule } from '@pim/contracts';
import fc from 'fast-check';
import { evaluateSchedule, lengthOf, readSchedule } from './schedule';
import { now } from './spec/some';

const hour = 3_600_000;
const defaultDurationMs = 8 * hour;
const invalid = expect.objectContaining({ code: 'InvalidRoleAssignmentRequestSchedule' });
const tooShort = expect.objectContaining({
  code: 'ActiveDurationTooShort',
  message: 'The Active duration is too short. Miniumum Required is 5 minutes.',
});

const unspecified = { type: 'notSpecified', endDateTime: null, duration: null } as const;
const asked = (expiration: Partial<RequestedSchedule['expiration']>, startDateTime: string | null = null) => ({
  startDateTime,
  expiration: { ...unspecified, ...expiration },
});
const lasting = (duration: string, start: string | null = null) => asked({ type: 'afterDuration', duration }, start);
const until = (endDateTime: string, start: string | null = null) =>
  asked({ type: 'afterDateTime', endDateTime }, start);
const activation = { now, action: 'selfActivate', defaultDurationMs } as const;

describe('scheduleInfo as sent', () => {
  it.each<[string, unknown, RequestedSchedule]>([
    ['nothing', undefined, asked({})],
    ['null', null, asked({})],
    ['an empty object', {}, asked({})],
    ['explicit nulls', { startDateTime: null, recurrence: null, expiration: null }, asked({})],
    [
      'an enum member in Pascal case',
      { expiration: { type: 'AfterDuration', duration: 'PT1H45M', endDateTime: null } },
      lasting('PT1H45M'),
    ],
    [
      'a start with an offset',
      { startDateTime: '2026-03-01T14:00:00+02:00', expiration: { type: 'noExpiration' } },
      asked({ type: 'noExpiration' }, now),
    ],
    [
      'an end in 100 ns',
      { expiration: { type: 'afterDateTime', endDateTime: '2026-03-01T14:00:00.1234567Z' } },
      until('2026-03-01T14:00:00.123Z'),
    ],
    [
      'a duration beside noExpiration, which has no use for it',
      { expiration: { type: 'noExpiration', duration: 'P365D' } },
      asked({ type: 'noExpiration' }),
    ],
    ['empty text where nothing is meant', { expiration: { type: 'notSpecified', duration: '' } }, asked({})],
  ])('reads %s', (_what, input, expected) => expect(readSchedule(input)).toEqual(expected));

  it.each<[string, unknown]>([
    ['text', 'PT1H'],
    ['a list', []],
    ['a recurrence', { recurrence: { pattern: {} } }],
    ['a start that is no date', { startDateTime: '2026-02-30T00:00:00Z' }],
    ['a start that is a number', { startDateTime: 0 }],
    ['an expiration that is text', { expiration: 'PT1H' }],
    ['an unknown type', { expiration: { type: 'afterLunch' } }],
    ['a type that is a number', { expiration: { type: 3 } }],
    [
      'afterDuration without a duration',
      { expiration: { type: 'afterDuration', endDateTime: '2026-03-02T00:00:00Z' } },
    ],
    ['afterDateTime without an end', { expiration: { type: 'afterDateTime', duration: 'PT1H' } }],
    ['a negative duration', { expiration: { type: 'afterDuration', duration: '-PT1H' } }],
    ['a duration that is a number', { expiration: { type: 'afterDuration', duration: 60 } }],
    ['a duration without its type', { expiration: { duration: 'PT1H' } }],
    ['an end without its type', { expiration: { type: 'notSpecified', endDateTime: '2026-03-02T00:00:00Z' } }],
  ])('refuses %s', (_what, input) => expect(() => readSchedule(input)).toThrow(invalid));
});

describe('a schedule judged now', () => {
  it('starts as soon as possible when its start is past, and counts its duration from then', () =>
    expect(evaluateSchedule(lasting('PT1H', '2015-01-01T00:00:00.000Z'), activation)).toEqual({
      startDateTime: null,
      durationMs: hour,
      endDateTime: null,
    }));

  it('does not start in the future when its start is this very moment', () =>
    expect(evaluateSchedule(lasting('PT1H', now), activation).startDateTime).toBeNull());

  it('keeps a start in the future', () =>
    expect(evaluateSchedule(until('2026-03-02T13:00:00.000Z', '2026-03-02T12:00:00.000Z'), activation)).toEqual({
      startDateTime: '2026-03-02T12:00:00.000Z',
      durationMs: null,
      endDateTime: '2026-03-02T13:00:00.000Z',
    }));

  it('lasts as long as the policy allows when an activation does not say how long', () =>
    expect(evaluateSchedule(asked({}), activation).durationMs).toBe(defaultDurationMs));

  it('is permanent when an assignment does not say how long', () =>
    expect(evaluateSchedule(asked({}), { ...activation, action: 'adminAssign' })).toEqual({
      startDateTime: null,
      durationMs: null,
      endDateTime: null,
    }));

  it('is permanent when noExpiration is asked for, which an activation then fails its policy with', () =>
    expect(evaluateSchedule(asked({ type: 'noExpiration' }), activation).durationMs).toBeNull());

  it.each<[string, RequestedSchedule]>([
    ['an end in the past', until('2026-03-01T11:59:59.999Z')],
    ['an end at this very moment', until(now)],
    ['an end before its start', until('2026-03-02T11:00:00.000Z', '2026-03-02T12:00:00.000Z')],
    ['a duration of nothing', lasting('PT0S')],
    ['a duration that is none', lasting('forever')],
    ['an end after the year 9999', lasting('P9999Y')],
    ['a type without its value', asked({ type: 'afterDuration' })],
  ])('is refused with %s', (_what, schedule) => expect(() => evaluateSchedule(schedule, activation)).toThrow(invalid));

  it.each([
    ['a duration', lasting('PT4M59.999S')],
    ['an end', until('2026-03-01T12:04:59.999Z')],
    ['an end after a later start', until('2026-03-02T12:04:00.000Z', '2026-03-02T12:00:00.000Z')],
  ])('is refused with %s under five minutes', (_what, schedule) =>
    expect(() => evaluateSchedule(schedule, activation)).toThrow(tooShort),
  );

  it('may last five minutes exactly', () => {
    expect(evaluateSchedule(lasting('PT5M'), activation).durationMs).toBe(300_000);
    expect(evaluateSchedule(until('2026-03-01T12:05:00.000Z'), activation).endDateTime).toBe(
      '2026-03-01T12:05:00.000Z',
    );
  });

  it('never starts in the past and never lasts under five minutes, whatever is asked', () =>
    fc.assert(
      fc.property(fc.option(fc.integer({ min: -hour, max: hour })), fc.integer({ min: 0, max: hour }), (start, ms) => {
        const startDateTime = start === null ? null : new Date(Date.parse(now) + start).toISOString();
        const seconds = `${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}`;
        const schedule = lasting(`PT${seconds}S`, startDateTime);
        try {
          const evaluated = evaluateSchedule(schedule, activation);
          expect(evaluated.startDateTime === null || evaluated.startDateTime > now).toBe(true);
          expect(evaluated.durationMs).toBe(ms);
          expect(ms).toBeGreaterThanOrEqual(300_000);
        } catch (error) {
          if (ms >= 300_000) throw error;
        }
      }),
    ));
});

it('lasts for its duration or until its end, whichever comes first', () => {
  const both = { startDateTime: null, durationMs: 2 * hour, endDateTime: '2026-03-01T15:00:00.000Z' };
  expect(['2026-03-01T12:00:00.000Z', '2026-03-01T14:00:00.000Z'].map((at) => lengthOf(both, at))).toEqual([
    2 * hour,
    hour,
  ]);
  expect(lengthOf({ ...both, durationMs: null }, now)).toBe(3 * hour);
  expect(lengthOf({ ...both, endDateTime: null }, now)).toBe(2 * hour);
});
