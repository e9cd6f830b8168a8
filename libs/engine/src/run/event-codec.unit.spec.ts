import type { RecordedEvent } from '../ports/event-store';
import { current, eventId, writtenVersion } from './event-codec';
import { accountStream, asking } from './spec/account';

const recorded = (type: string, version: number, data: object): RecordedEvent => {
  const { actor, authentication, correlationId, commandId } = asking();
  const metadata = { actor, authentication, correlationId, causationId: commandId };
  const place = { stream: 'account-1', revision: 4, position: 9n, recordedAt: '2026-03-01T09:00:00.000Z' };
  return { id: eventId(commandId, 0), type, version, data, metadata, ...place };
};

describe('current', () => {
  it('gives type and data of the version this build writes as they are', () => {
    const event = recorded('Withdrawn', 1, { amount: 5 });
    expect(current(accountStream, event)).toEqual({ type: 'Withdrawn', data: { amount: 5 } });
  });

  it('lifts an older version', () => {
    const event = recorded('Deposited', 1, { amount: 5 });
    expect(current(accountStream, event)).toEqual({ type: 'Deposited', data: { amount: 5, currency: 'EUR' } });
  });

  it.each([
    ['Deposited', 3],
    ['Deposited', 0],
    ['Overdrawn', 1],
  ])('refuses %s v%i, naming stream, type and version', (type, version) => {
    expect(() => current(accountStream, recorded(type, version, {}))).toThrow(
      new RegExp(`account-1 holds ${type} v${version} at revision 4`),
    );
  });
});

describe('writtenVersion', () => {
  it('counts the upcasters', () => {
    expect(writtenVersion(accountStream, 'Deposited')).toBe(2);
    expect(writtenVersion(accountStream, 'Withdrawn')).toBe(1);
  });

  it('refuses a type that is not in the contract', () => {
    expect(() => writtenVersion(accountStream, 'Overdrawn')).toThrow('Overdrawn is not an event of account streams');
  });
});

describe('eventId', () => {
  it('is a UUID in the shape of version 5', () => {
    for (let index = 0; index < 200; index++)
      expect(eventId('command', index)).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
  });

  it('is the same for the same command and index, in every release', () => {
    expect(eventId('command-1', 0)).toBe(eventId('command-1', 0));
    expect(eventId('command-1', 0)).toBe('cf7873b4-83cc-5a3a-a841-cae2991d43e1');
  });

  it('is another one for every command and index', () => {
    const ids = ['a', 'b', 'a:1'].flatMap((command) => [0, 1, 11].map((index) => eventId(command, index)));
    expect(new Set(ids).size).toBe(9);
  });
});
