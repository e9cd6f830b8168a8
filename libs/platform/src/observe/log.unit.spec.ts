import { createLog, type LogLevel } from './log';
import { tellParked } from './tell-parked';
import { textOf } from './text-line';

const secrets = ['s3cret-scim-token-of-32-characters', 'pass"word'];

const logged = (level: LogLevel = 'info') => {
  const lines: string[] = [];
  const fields = { service: 'requests', tenant: 't' };
  const log = createLog(
    { format: 'json', level, fields, secrets },
    { write: (line) => void lines.push(line.trimEnd()) },
  );
  return { log, lines };
};

describe('a line of the log', () => {
  it('is one JSON object with level, time, service, tenant, fields and message', () => {
    const { log, lines } = logged();
    log.info({ correlationId: 'c', status: 201 }, 'two\nlines');
    const { time, ...rest } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(rest).toEqual({
      ...{ level: 'info', service: 'requests', tenant: 't', correlationId: 'c', status: 201 },
      msg: 'two\nlines',
    });
  });

  it('is not written below the level', () => {
    const { log, lines } = logged('warn');
    log.info('no');
    log.warn('yes');
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['a token', 'got eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiJhIn0.c2lnbmF0dXJl back', 'got [hidden] back'],
    ['a token cut off', 'got eyJhbGciOiJSUzI1NiJ9.eyJvaW', 'got [hidden]'],
    ['a header', 'authorization: Bearer abcdefghijkl', 'authorization: Bearer [hidden]'],
    ['a login in an address', 'cannot reach mongodb://pim:hunter2@host/db', 'cannot reach mongodb://[hidden]@host/db'],
    ['what is known to be secret', `it was ${secrets[0]}, or ${secrets[1]}`, 'it was [hidden], or [hidden]'],
  ])('never holds %s, be it in the message, a field or an error', (_, said, shown) => {
    const { log, lines } = logged('trace');
    const err = new Error(said);
    log.trace({ said, err, deep: { said } }, said);
    const line = JSON.parse(lines[0] ?? '') as { msg: string; said: string; err: Error; deep: object };
    expect([line.msg, line.said, line.err.message, line.deep]).toEqual([shown, shown, shown, { said: shown }]);
    expect(line.err.stack).toContain(shown);
    for (const secret of [...secrets, 'eyJ', 'hunter2', 'abcdefghijkl']) expect(lines.join('')).not.toContain(secret);
  });

  it('is one line about an event that was set aside, whatever the reason says', () => {
    const { log, lines } = logged();
    const metadata = {
      actor: { id: 'a', kind: 'user' as const },
      authentication: null,
      correlationId: 'c',
      causationId: 'd',
    };
    const place = { stream: 'room-1', revision: 7, position: 7n, recordedAt: '2026-03-02T08:00:00.000Z' };
    const event = { id: 'e', type: 'RoomBooked', version: 1, data: {}, metadata, ...place };
    tellParked(log)({
      group: 'pim.rooms.clean',
      event,
      reason: 'no broom\n  in the house',
      since: '2026-03-02T08:00:00.000Z',
      tries: 3,
    });
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      {
        ...{ level: 'error', group: 'pim.rooms.clean', correlationId: 'c', eventId: 'e', stream: 'room-1' },
        msg: 'pim.rooms.clean set aside RoomBooked v1 (room-1, revision 7): no broom in the house',
      },
    ]);
  });

  it('is for people the message, the fields, and the stack of an error', () => {
    const line = { level: 'error', time: 'now', service: 's', tenant: 't', ms: 3, who: 'a b\n', msg: 'it\nfailed' };
    expect(textOf(JSON.stringify(line))).toBe('ERROR it failed ms=3 who="a b\\n"');
    expect(textOf(JSON.stringify({ ...line, err: { message: 'm', stack: 'Error: m\n  at x' } }))).toBe(
      'ERROR it failed ms=3 who="a b\\n"\nError: m\n  at x',
    );
  });
});
