import { readAction, readTicket } from './ask';

const invalid = expect.objectContaining({ code: 'InvalidRoleAssignmentRequest' });

describe('an action as sent', () => {
  it.each([
    ['selfActivate', 'selfActivate'],
    ['SelfActivate', 'selfActivate'],
    ['ADMINASSIGN', 'adminAssign'],
    ['AdminExtend', 'adminExtend'],
  ])('reads %s as %s', (text, action) => expect(readAction(text)).toBe(action));

  it.each([undefined, null])('is missing when it is %s, in the words of the live service', (value) =>
    expect(() => readAction(value)).toThrow('Value cannot be null.\r\nParameter name: action'),
  );

  it.each(['unknownFutureValue', '', 7, {}])('is refused when it is %p', (value) =>
    expect(() => readAction(value)).toThrow(invalid),
  );
});

describe('a ticket as sent', () => {
  it.each([
    [undefined, null],
    [null, null],
    [{}, { ticketNumber: null, ticketSystem: null }],
    [{ ticketNumber: 'INC-1' }, { ticketNumber: 'INC-1', ticketSystem: null }],
  ])('reads %j as %j', (input, ticket) => expect(readTicket(input)).toEqual(ticket));

  it.each([['INC-1'], [[]], [{ ticketNumber: 1 }], [{ ticketSystem: 'x'.repeat(1025) }]])('refuses %j', (input) =>
    expect(() => readTicket(input)).toThrow(invalid),
  );
});
