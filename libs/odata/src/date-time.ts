const form = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(?:\.(\d{1,12}))?(Z|[+-]\d\d:\d\d))?$/;

/** ISO in UTC, or null when there is no such moment, or none in the years 0000-9999, where ISO text sorts as time does. */
const utcOf = (text: string): string | null => {
  const time = Date.parse(text);
  const iso = Number.isNaN(time) ? '' : new Date(time).toISOString();
  return /^\d{4}-/.test(iso) ? iso : null;
};

const offsetExists = (zone: string): boolean =>
  zone === 'Z' || (Number(zone.slice(1, 3)) <= 14 && Number(zone.slice(4)) <= 59);

/**
 * A date-time as documents keep it, ISO in UTC with milliseconds, or null when there is no such moment (30 February,
 * 24:00) or no zone. A date alone means its midnight in UTC. Digits after the milliseconds are cut off.
 */
export const isoOf = (text: string): string | null => {
  const parts = form.exec(text.toUpperCase());
  if (!parts) return null;
  const [, date, time = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = parts;
  const local = `${date}T${time}${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}`;
  // JavaScript reads 30 February as 1 March, and 24:00 as the next day: what does not come back the same never was.
  return utcOf(`${local}Z`) === `${local}Z` && offsetExists(zone) ? utcOf(`${local}${zone}`) : null;
};
