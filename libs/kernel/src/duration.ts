const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Milliseconds per group of the pattern. A year is 365 days and a month 30: role settings count days, not calendars. */
const units = [365 * dayMs, 30 * dayMs, 7 * dayMs, dayMs, hourMs, minuteMs, secondMs];

const pattern =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,12}))?S)?)?$/;

/** Longer texts are no duration anybody means. */
const maxLength = 64;

/** Ten thousand years: beyond it no instant can be written with four digits of year. */
const longestMs = 10_000 * 365 * dayMs;

/**
 * Milliseconds of an ISO 8601 duration (`PT8H`, `P365D`, `P1Y6M`, `PT1.5S`); parts of a millisecond are cut off.
 * `null` for anything else: negative, without a number, longer than ten thousand years.
 */
export const parseDuration = (text: string): number | null => {
  const match = text.length <= maxLength ? pattern.exec(text) : null;
  if (!match) return null;
  const whole = units.reduce((sum, unit, index) => sum + unit * Number(match[index + 1] ?? 0), 0);
  const fraction = Number((match[8] ?? '').padEnd(3, '0').slice(0, 3));
  const total = whole + fraction;
  return total <= longestMs ? total : null;
};

/** Whether two durations last the same, however they are written: `PT60M` and `PT1H` do (reference §0.3). */
export const durationEquals = (one: string, other: string): boolean => {
  const length = parseDuration(one);
  return length !== null && length === parseDuration(other);
};
