import fc from 'fast-check';
import { durationEquals, parseDuration } from './duration';

const hour = 3_600_000;
const day = 24 * hour;

describe('a duration', () => {
  it.each([
    ['PT8H', 8 * hour],
    ['PT5H30M', 5.5 * hour],
    ['PT105M', 1.75 * hour],
    ['P365D', 365 * day],
    ['P1Y', 365 * day],
    ['P6M', 180 * day],
    ['P2W', 14 * day],
    ['P1DT1S', day + 1_000],
    ['PT0.57S', 570],
    ['PT1.2345678S', 1_234],
    ['PT0S', 0],
  ])('reads %s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each([
    ['nothing', ''],
    ['no part', 'P'],
    ['no part after T', 'P1DT'],
    ['no unit', 'PT8'],
    ['a negative one', '-PT8H'],
    ['a negative part', 'PT-8H'],
    ['parts in the wrong order', 'PT1M1H'],
    ['a fraction of an hour', 'PT1.5H'],
    ['lower case', 'pt8h'],
    ['a blank', 'PT8H '],
    ['a line break', 'PT8H\n'],
    ['more than ten thousand years', 'P10001Y'],
    ['endless digits', `P${'9'.repeat(400)}D`],
    ['a number', '8'],
  ])('refuses %s', (_what, text) => expect(parseDuration(text)).toBeNull());

  it('lasts as long as the sum of its parts', () =>
    fc.assert(
      fc.property(fc.nat(9999), fc.nat(99), fc.nat(999), fc.nat(999), fc.nat(999), (d, h, m, s, ms) => {
        const text = `P${d}DT${h}H${m}M${s}.${String(ms).padStart(3, '0')}S`;
        expect(parseDuration(text)).toBe(d * day + h * hour + m * 60_000 + s * 1_000 + ms);
      }),
    ));

  it('is null or a whole number of milliseconds, whatever is sent', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^-?P?[\dYMWDTHS.]{0,70}$/), (text) => {
        const ms = parseDuration(text);
        expect(ms === null || (Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
      }),
    ));

  it('equals another that lasts as long', () => expect(durationEquals('PT60M', 'PT1H')).toBe(true));
  it('differs from one that does not', () => expect(durationEquals('PT61M', 'PT1H')).toBe(false));
  it('equals nothing when it is none', () => expect(durationEquals('x', 'x')).toBe(false));
});
