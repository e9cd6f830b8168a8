import fc from 'fast-check';
import { later, parseInstant } from './instant';

describe('an instant from a client', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000Z'],
    ['2022-04-11T11:50:05.95Z', '2022-04-11T11:50:05.950Z'],
    ['2022-04-11T11:50:05.9999999Z', '2022-04-11T11:50:05.999Z'],
    ['2026-03-01T12:00Z', '2026-03-01T12:00:00.000Z'],
    ['2026-03-01T12:00:00+05:30', '2026-03-01T06:30:00.000Z'],
    ['2026-03-01T23:30:00-01:00', '2026-03-02T00:30:00.000Z'],
    ['2026-03-01T12:00:00+00:00', '2026-03-01T12:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01T08:00:00Z', '0001-01-01T08:00:00.000Z'],
  ])('reads %s', (text, instant) => expect(parseInstant(text)).toBe(instant));

  it.each([
    ['30 February', '2026-02-30T00:00:00Z'],
    ['29 February of a common year', '2026-02-29T00:00:00Z'],
    ['31 April', '2026-04-31T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['hour 24', '2026-03-01T24:00:00Z'],
    ['hour 25', '2026-03-01T25:00:00Z'],
    ['second 60', '2026-03-01T12:00:60Z'],
    ['eight fraction digits', '2026-03-01T12:00:00.12345678Z'],
    ['no zone', '2026-03-01T12:00:00'],
    ['an offset of more than 14 hours', '2026-03-01T12:00:00+14:30'],
    ['a date alone', '2026-03-01'],
    ['a blank for T', '2026-03-01 12:00:00Z'],
    ['a line break', '2026-03-01T12:00:00Z\n'],
    ['a year of five digits', '12026-03-01T12:00:00Z'],
    ['a time before year 0', '0000-01-01T00:00:00+01:00'],
    ['a time after year 9999', '9999-12-31T23:59:59-01:00'],
    ['words', 'tomorrow'],
  ])('refuses %s', (_what, text) => expect(parseInstant(text)).toBeNull());

  it('reads back what it wrote', () =>
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        expect(parseInstant(date.toISOString())).toBe(date.toISOString());
      }),
    ));

  it('means the same in every zone', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1970-01-02'), max: new Date('2100-01-01'), noInvalidDate: true }),
        fc.integer({ min: -13 * 60 - 59, max: 13 * 60 + 59 }),
        (date, minutes) => {
          const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1);
          const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
          const offset = `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
          expect(parseInstant(`${local}${offset}`)).toBe(date.toISOString());
        },
      ),
    ));

  it('has a later one, until the year 9999 ends', () => {
    expect(later('2026-03-01T12:00:00.000Z', 1)).toBe('2026-03-01T12:00:00.001Z');
    expect(later('9999-12-31T23:59:59.999Z', 1)).toBeNull();
    expect(later('2026-03-01T12:00:00.000Z', Infinity)).toBeNull();
  });
});
