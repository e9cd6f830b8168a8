/** UTC, ISO 8601 with milliseconds and `Z`, so that instants compare as text. */
type Instant = string;

const pattern =
  /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?(Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))$/;

/** Milliseconds that a clock with this offset is ahead of UTC. */
const aheadMs = (offset: string): number => {
  if (offset === 'Z') return 0;
  const ms = (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))) * 60_000;
  return offset.startsWith('-') ? -ms : ms;
};

/**
 * Reads a date-time as clients send it: with `Z` or an offset, seconds optional, up to seven fraction digits, of which
 * those below a millisecond are cut off. `null` for anything else: no zone, 30 February, hour 24, second 60.
 */
export const parseInstant = (text: string): Instant | null => {
  const match = pattern.exec(text);
  if (!match) return null;
  const [, minute, second = '00', fraction = '', offset = 'Z'] = match;
  const wallClock = `${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}Z`;
  const ms = Date.parse(wallClock);
  // What does not exist either fails to parse or comes back as another day.
  return toInstant(ms) === wallClock ? toInstant(ms - aheadMs(offset)) : null;
};

/** The instant this many milliseconds after 1970; `null` outside the years 0 to 9999, where text no longer sorts by time. */
export const toInstant = (ms: number): Instant | null => {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return null;
  const text = date.toISOString();
  return text.length === '2026-01-01T00:00:00.000Z'.length ? text : null;
};

/** The instant so many milliseconds later; `null` after the year 9999. */
export const later = (from: Instant, ms: number): Instant | null => toInstant(Date.parse(from) + ms);
