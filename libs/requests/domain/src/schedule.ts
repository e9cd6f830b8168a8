import type { ExpirationType, Instant, RequestedSchedule, ScheduleAction, ScheduleOrder } from '@pim/contracts';
import { later, parseDuration, parseInstant, Rejection } from '@pim/kernel';
import { isGiven, isObject, memberOf, type JsonObject } from './json-shape';

/** Nothing is assigned or activated for less than five minutes (reference §4.8). */
export const minimumMs = 5 * 60_000;

const expirationTypes: readonly ExpirationType[] = ['notSpecified', 'noExpiration', 'afterDateTime', 'afterDuration'];

const invalid = (why: string): Rejection =>
  new Rejection('invalid', 'InvalidRoleAssignmentRequestSchedule', `The schedule of the request is invalid: ${why}`);

/** The live text, with its typo: clients compare it (reference §4.8). */
const tooShort = (): Rejection =>
  new Rejection(
    'invalid',
    'ActiveDurationTooShort',
    'The Active duration is too short. Miniumum Required is 5 minutes.',
  );

const readInstant = (value: unknown, name: string): Instant | null => {
  if (!isGiven(value) || value === '') return null;
  const instant = typeof value === 'string' ? parseInstant(value) : null;
  if (instant === null) throw invalid(`${name} must be a date-time such as 2026-01-31T08:00:00Z.`);
  return instant;
};

const readDuration = (value: unknown): string | null => {
  if (!isGiven(value) || value === '') return null;
  if (typeof value !== 'string' || parseDuration(value) === null)
    throw invalid('expiration.duration must be an ISO 8601 duration such as PT8H.');
  return value;
};

const unspecified: RequestedSchedule['expiration'] = { type: 'notSpecified', endDateTime: null, duration: null };

const readNothing = ({ endDateTime, duration }: JsonObject): RequestedSchedule['expiration'] => {
  // An end without its type would be dropped in silence, and the caller would hold the role longer than asked.
  if ([endDateTime, duration].some((value) => isGiven(value) && value !== ''))
    throw invalid('expiration.type must be afterDateTime or afterDuration when an end or a duration is given.');
  return unspecified;
};

const endName = 'expiration.endDateTime';
const durationName = 'expiration.duration';

/** The value its type demands. */
const given = <T>(value: T | null, type: ExpirationType, name: string): T => {
  if (value === null) throw invalid(`${name} is missing; ${type} needs it.`);
  return value;
};

const readType = (value: unknown): ExpirationType => {
  if (!isGiven(value)) return 'notSpecified';
  const type = memberOf(expirationTypes, value);
  if (type === undefined) throw invalid(`expiration.type must be one of ${expirationTypes.join(', ')}.`);
  return type;
};

const readers: Readonly<Record<ExpirationType, (input: JsonObject) => RequestedSchedule['expiration']>> = {
  notSpecified: readNothing,
  noExpiration: () => ({ type: 'noExpiration', endDateTime: null, duration: null }),
  afterDateTime: (input) => ({
    type: 'afterDateTime',
    endDateTime: given(readInstant(input['endDateTime'], endName), 'afterDateTime', endName),
    duration: null,
  }),
  afterDuration: (input) => ({
    type: 'afterDuration',
    endDateTime: null,
    duration: given(readDuration(input['duration']), 'afterDuration', durationName),
  }),
};

const readExpiration = (input: unknown): RequestedSchedule['expiration'] => {
  if (!isGiven(input)) return unspecified;
  if (!isObject(input)) throw invalid('expiration must be an object.');
  return readers[readType(input['type'])](input);
};

/**
 * Reads `scheduleInfo` as clients send it; nothing sent reads as "as soon as possible, end not specified". Members
 * that the expiration's type has no use for are dropped. Throws `InvalidRoleAssignmentRequestSchedule` (reference §4.4).
 */
export const readSchedule = (input: unknown): RequestedSchedule => {
  if (!isGiven(input)) return { startDateTime: null, expiration: unspecified };
  if (!isObject(input)) throw invalid('scheduleInfo must be an object.');
  if (isGiven(input['recurrence'])) throw invalid('recurrence is not supported; leave it out or null.');
  return {
    startDateTime: readInstant(input['startDateTime'], 'startDateTime'),
    expiration: readExpiration(input['expiration']),
  };
};

/** From when and until when: exactly what an order says about it. */
export type EvaluatedSchedule = Pick<ScheduleOrder, 'startDateTime' | 'durationMs' | 'endDateTime'>;

interface Evaluation {
  readonly now: Instant;
  readonly action: ScheduleAction;
  /** For an activation that does not say how long. */
  readonly defaultDurationMs: number;
}

const endOf = (
  { expiration }: RequestedSchedule,
  { action, defaultDurationMs }: Evaluation,
): Pick<EvaluatedSchedule, 'durationMs' | 'endDateTime'> => {
  switch (expiration.type) {
    case 'notSpecified':
      return { durationMs: action === 'selfActivate' ? defaultDurationMs : null, endDateTime: null };
    case 'noExpiration':
      return { durationMs: null, endDateTime: null };
    case 'afterDateTime':
      return { durationMs: null, endDateTime: given(expiration.endDateTime, expiration.type, endName) };
    case 'afterDuration':
      // What is no duration lasts nothing; null would make it permanent.
      return {
        durationMs: parseDuration(given(expiration.duration, expiration.type, durationName)) ?? 0,
        endDateTime: null,
      };
  }
};

/**
 * What a requested schedule comes to when it is judged at `now`. A start that is not in the future becomes null: as
 * soon as it is carried out, from when a duration counts. An activation that does not say how long gets
 * `defaultDurationMs`; an assignment that does not say is permanent, which its policy may refuse (reference §4.4).
 * Throws `InvalidRoleAssignmentRequestSchedule` or, under five minutes, `ActiveDurationTooShort`.
 */
export const evaluateSchedule = (requested: RequestedSchedule, evaluation: Evaluation): EvaluatedSchedule => {
  const { now } = evaluation;
  const isFuture = requested.startDateTime !== null && requested.startDateTime > now;
  const evaluated = { startDateTime: isFuture ? requested.startDateTime : null, ...endOf(requested, evaluation) };
  const lengthMs = lengthOf(evaluated, now);
  if (lengthMs === null) return evaluated;
  if (lengthMs <= 0) throw invalid('its end must be in the future and after its start.');
  if (lengthMs < minimumMs) throw tooShort();
  if (later(evaluated.startDateTime ?? now, lengthMs) === null) throw invalid('its end must be before the year 10000.');
  return evaluated;
};

/** The times an administrator gives instead of those asked for; refused as `evaluateSchedule` refuses, or without an end type. */
export const timesOf = (requested: RequestedSchedule, now: Instant): EvaluatedSchedule => {
  if (requested.expiration.type === 'notSpecified')
    throw invalid('expiration.type says when it ends, or noExpiration.');
  return evaluateSchedule(requested, { now, action: 'adminExtend', defaultDurationMs: 0 });
};

/** How long it lasts when it is carried out at `now`, in milliseconds; `null` when it has no end. */
export const lengthOf = ({ startDateTime, durationMs, endDateTime }: EvaluatedSchedule, now: Instant): number | null =>
  endDateTime === null
    ? durationMs
    : Math.min(durationMs ?? Infinity, Date.parse(endDateTime) - Date.parse(startDateTime ?? now));
