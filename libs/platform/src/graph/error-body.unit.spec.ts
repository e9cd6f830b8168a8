import { NotFoundException, InternalServerErrorException } from '@nestjs/common';
import { AppendTooLarge, DocumentsUnavailable, StoreUnavailable, WrongRevision } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { ApiError, IdentityUnavailable } from '../auth';
import { answerOf } from './error-body';

const secret = 'password=hunter2 at /srv/openpim/main.js:7';

const ourFault = {
  status: 500,
  code: 'InternalServerError',
  message: 'Something went wrong on our side.',
  headers: {},
};

const withStatus = (statusCode: unknown, code: string): Error => Object.assign(new Error(secret), { statusCode, code });

describe('an error as an answer', () => {
  it.each<[string, unknown]>([
    ['an error', new Error(secret)],
    ['a bug', new TypeError(secret)],
    ['an error with a cause', new Error(secret, { cause: new Error(secret) })],
    ['a driver’s error with a status of its own', withStatus(404, 'ENOTFOUND')],
    ['a driver’s lost connection', Object.assign(new Error(secret), { code: 'ECONNRESET' })],
    ['an error with a status and no code', Object.assign(new Error(secret), { statusCode: 400 })],
    ['a fault of the framework', withStatus(500, 'FST_ERR_REP_ALREADY_SENT')],
    ['a status that is none', withStatus('4xx', 'FST_ERR_X')],
    ['a fault that the framework was told', new InternalServerErrorException(secret)],
    ['a text', secret],
    ['an object', { message: secret }],
    ['null', null],
    ['nothing', undefined],
    ['a number', 404],
  ])('says nothing of what is inside when it is unknown: %s', (_name, error) =>
    expect(answerOf(error)).toEqual(ourFault),
  );

  it('says what a refusal says', () => {
    const headers = { 'WWW-Authenticate': 'Bearer' };
    expect(answerOf(new ApiError(401, 'InvalidAuthenticationToken', 'Send one.', headers))).toEqual({
      status: 401,
      code: 'InvalidAuthenticationToken',
      message: 'Send one.',
      headers,
    });
    expect(answerOf(new ApiError(400, 'BadRequest', 'No.')).headers).toEqual({});
  });

  it.each([
    ['invalid', 400],
    ['forbidden', 403],
    ['not-found', 404],
    ['conflict', 409],
  ] as const)('gives a rejection that is %s the status %d', (kind, status) =>
    expect(answerOf(new Rejection(kind, 'Code', 'Why.'))).toEqual({
      status,
      code: 'Code',
      message: 'Why.',
      headers: {},
    }),
  );

  it('asks to try again, without a stream’s name, when somebody else wrote first', () => {
    const answer = answerOf(new WrongRevision('request-42', 1, 2));
    expect(answer).toMatchObject({ status: 409, code: 'Conflict' });
    expect(answer.message).not.toContain('request-42');
  });

  it('says that a change is too large to record, without naming the stream', () => {
    const answer = answerOf(new AppendTooLarge('policy-secret', 2, 1));
    expect([answer.status, answer.code]).toEqual([400, 'BadRequest']);
    expect(answer.message).not.toContain('secret');
  });

  it.each([StoreUnavailable, DocumentsUnavailable])('says unavailable, and no more, for %p', (Outage) => {
    const answer = answerOf(new Outage(secret));
    expect(answer).toMatchObject({ status: 503, code: 'ServiceUnavailable', headers: { 'Retry-After': '1' } });
    expect(answer.message).not.toContain('hunter2');
  });

  it('keeps the cause of an identity that cannot be had to itself', () => {
    const answer = answerOf(new IdentityUnavailable('Try again.', { cause: new Error(secret) }));
    expect(answer).toMatchObject({ status: 503, message: 'Try again.' });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it.each([
    [413, 'FST_ERR_CTP_BODY_TOO_LARGE', 'RequestEntityTooLarge', /1 MiB/],
    [414, 'FST_ERR_MAX_PARAM_LENGTH', 'RequestUriTooLong', /path/],
    [415, 'FST_ERR_CTP_INVALID_MEDIA_TYPE', 'UnsupportedMediaType', /application\/json/],
  ])('tells what to do about the framework’s %d', (status, reason, code, message) =>
    expect(answerOf(withStatus(status, reason))).toEqual({
      status,
      code,
      message: expect.stringMatching(message),
      headers: {},
    }),
  );

  it('repeats no more than 300 characters of what the framework says', () => {
    expect(answerOf(new NotFoundException('Cannot GET /nothing'))).toMatchObject({
      status: 404,
      code: 'Request_ResourceNotFound',
      message: 'Cannot GET /nothing',
    });
    expect(answerOf(new NotFoundException('x'.repeat(9_000))).message).toHaveLength(300);
  });

  it('takes a client that goes away in the middle of its body for no fault of ours', () =>
    expect(answerOf(withStatus(400, 'ECONNRESET'))).toEqual({
      status: 400,
      code: 'BadRequest',
      message: 'The body did not arrive in full. Send it again.',
      headers: {},
    }));
});
