import type { HostileRequest } from './hostile-request';
import type { RawAnswer } from './raw-client';

/** Events that record a refusal. */
const refusal = /^(?:Request|ApprovalDecision|PrincipalDisable|ScheduleChange)Refused$/;

/** What an attempt at disabling an account leaves besides its refusal: it was barred from protected roles, and let in again. */
const attempt = ['PrincipalDisableRequested', 'PrincipalBarred', 'PrincipalBarLifted'];

/** Codes that only malformed input gets: nothing is recorded of it. */
const malformed = [
  'BadRequest',
  'InvalidFilter',
  'UnsupportedMediaType',
  'RequestEntityTooLarge',
  'invalidFilter',
  'invalidPath',
  'invalidSyntax',
  'invalidValue',
  'noTarget',
  'uniqueness',
];

/** Whatever an answer must never hold: stacks, files of this machine, a private key. */
const leaks = [/(?:\\n|\n)\s+at /, /node_modules/, /openpim-e2e-/, /\.[jt]s:\d/, new RegExp(process.cwd()), /"d":\s*"/];

const json = ({ body }: RawAnswer): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;

const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

const expectGraphError = (answer: RawAnswer): void => {
  const requestId = answer.headers.get('request-id');
  expect(json(answer)).toEqual({
    error: {
      code: expect.stringMatching(/^\w+$/),
      message: expect.stringMatching(/./),
      innerError: {
        date: expect.stringMatching(date),
        'request-id': requestId,
        'client-request-id': answer.headers.get('client-request-id'),
      },
    },
  });
};

const expectProblem = (answer: RawAnswer): void =>
  expect(json(answer)).toEqual({
    type: expect.stringMatching(/^urn:pim:problem:\w+$/),
    title: expect.stringMatching(/^\w+$/),
    status: answer.status,
    detail: expect.stringMatching(/./),
  });

const expectScimError = (answer: RawAnswer): void => {
  const { scimType, ...rest } = json(answer);
  expect(rest).toEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(answer.status),
    detail: expect.stringMatching(/./),
  });
  if (scimType !== undefined) expect(scimType).toEqual(expect.stringMatching(/^[a-zA-Z]+$/));
};

const isWrite = ({ method }: HostileRequest): boolean => ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);

/** A change may take longer than its answer can wait; it then says so, and when to look again. */
const isLate = (request: HostileRequest, { status, headers }: RawAnswer): boolean =>
  status === 503 && isWrite(request) && headers.has('retry-after');

const expectErrorBody = (answer: RawAnswer): void => {
  const type = answer.headers.get('content-type');
  if (type?.startsWith('application/problem+json')) expectProblem(answer);
  else if (type?.startsWith('application/scim+json')) expectScimError(answer);
  else expectGraphError(answer);
};

/** The shape, the speed and the silence of one answer. */
export const expectWellBehaved = (request: HostileRequest, answer: RawAnswer): void => {
  if (!isLate(request, answer)) expect(answer.status).toBeLessThan(500);
  expect(answer.elapsed).toBeLessThan(5_000);
  for (const leak of leaks) expect(answer.text).not.toMatch(leak);
  expect(answer.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get('client-request-id')).toMatch(/^[\x21-\x7e]{1,128}$/);
  if (answer.status >= 400 && request.method !== 'HEAD') expectErrorBody(answer);
};

const codeOf = (answer: RawAnswer): string => {
  const { error, scimType } = json(answer);
  return String(scimType ?? (error as { code?: string } | undefined)?.code ?? '');
};

const count = (types: readonly string[], wanted: string): number => types.filter((type) => type === wanted).length;

/** One refusal at most, and nothing that lasts. */
const expectRefusalOnly = (types: readonly string[]): void => {
  expect(count(types, 'PrincipalBarred')).toBe(count(types, 'PrincipalBarLifted'));
  const tried = types.some((type) => attempt.includes(type));
  const left = types.filter((type) => !attempt.includes(type));
  if (tried) expect(left).toEqual(['PrincipalDisableRefused']);
  else expect(left).toEqual(left.length > 0 ? [expect.stringMatching(refusal)] : []);
};

const isJudged = (answer: RawAnswer): boolean =>
  [400, 403, 404, 409].includes(answer.status) && !malformed.includes(codeOf(answer));

/** That an answer left behind no more than it may: a refusal nothing but its record, malformed input nothing at all. */
export const expectRecorded = (request: HostileRequest, answer: RawAnswer, types: readonly string[]): void => {
  if (isLate(request, answer)) return;
  if (!isWrite(request)) return expect(types).toEqual([]);
  if (answer.status < 400) return expect(types.filter((type) => refusal.test(type))).toEqual([]);
  return isJudged(answer) ? expectRefusalOnly(types) : expect(types).toEqual([]);
};
