import type { SeparationOfDutyDeclared, SeparationOfDutyEvent, SeparationOfDutyWithdrawn } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { pairsIn, rolesApartFrom } from './separation-of-duty';
import {
  separationOfDuty,
  type DeclarePair,
  type SettlePair,
  type WithdrawPair,
  type WithdrawPairsOfRole,
} from './separation-of-duty.decide';

const { given } = specFor(separationOfDuty);
const now = '2026-03-01T12:00:00.000Z';
const by = { id: 'paul', kind: 'user' } as const;

const declare = (pairId: string, rest: Partial<DeclarePair['data']> = {}): DeclarePair => ({
  type: 'DeclarePair',
  data: { pairId, roleDefinitionIds: ['a', 'b'], reason: 'Four eyes', unknown: [], violators: [], by, now, ...rest },
});
const withdraw = (pairId: string): WithdrawPair => ({
  type: 'WithdrawPair',
  data: { pairId, by, now },
});
const settle = (...violators: readonly string[]): SettlePair => ({
  type: 'SettlePair',
  data: { pairId: '1', violators, by, now },
});
const confirmed: SeparationOfDutyEvent = {
  type: 'SeparationOfDutyConfirmed',
  data: { pairId: '1', roleDefinitionIds: ['a', 'b'], by, at: now },
};
const declared = (pairId: string, rest: Partial<SeparationOfDutyDeclared['data']> = {}): SeparationOfDutyEvent => ({
  type: 'SeparationOfDutyDeclared',
  data: { pairId, roleDefinitionIds: ['a', 'b'], reason: 'Four eyes', by, at: now, ...rest },
});
const withdrawn = (
  pairId: string,
  cause: SeparationOfDutyWithdrawn['data']['cause'] = 'asked',
): SeparationOfDutyEvent => ({
  type: 'SeparationOfDutyWithdrawn',
  data: { pairId, roleDefinitionIds: ['a', 'b'], cause, by, at: now },
});

describe('a pair of roles that nobody may have together', () => {
  it('is declared once, in either order', () => {
    given().when(declare('1')).then(declared('1'));
    given(declared('1')).when(declare('2')).thenRejected('Conflict');
    given(declared('1'))
      .when(declare('2', { roleDefinitionIds: ['b', 'a'] }))
      .thenRejected('Conflict');
    given(declared('1'))
      .when(declare('2', { roleDefinitionIds: ['a', 'c'] }))
      .then(declared('2', { roleDefinitionIds: ['a', 'c'] }));
  });

  it('is of two roles that there are', () => {
    given()
      .when(declare('1', { roleDefinitionIds: ['a', 'a'] }))
      .thenRejected('Request_BadRequest');
    given()
      .when(declare('1', { unknown: ['b'] }))
      .thenRejected('Request_BadRequest');
  });

  it('is one of 200 at the most', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, n) => declared(`${n}`, { roleDefinitionIds: ['x', `${n}`] }));
    given(...many(199))
      .when(declare('last'))
      .then(declared('last'));
    given(...many(200))
      .when(declare('one more'))
      .thenRejected('Request_BadRequest');
  });

  it('is not declared while somebody has both: ten of them are named, on record', () => {
    const violators = Array.from({ length: 12 }, (_, n) => `p${n}`);
    const events = separationOfDuty.decide(declare('1', { violators }), separationOfDuty.initial);
    expect(events).toMatchObject([{ type: 'SeparationOfDutyRefused', data: { pairId: '1', code: 'Conflict', by } }]);
    const { message } = (events[0] as Extract<SeparationOfDutyEvent, { type: 'SeparationOfDutyRefused' }>).data;
    expect(message).toContain('p0, p1, p2, p3, p4, p5, p6, p7, p8, p9 and 2 more.');
    expect(pairsIn(fold(separationOfDuty, events))).toEqual([]);
  });

  it('stands once nobody was seen to have both, and does not come about when somebody got both meanwhile', () => {
    given(declared('1')).when(settle()).then(confirmed);
    given(declared('1')).when(settle('erin')).then(withdrawn('1', 'violated'));
    given(declared('1'), confirmed).when(settle('erin')).thenNothing();
    given(declared('1'), withdrawn('1')).when(settle()).thenNothing();
  });

  it('is withdrawn, and may be declared again', () => {
    given(declared('1')).when(withdraw('1')).then(withdrawn('1'));
    given(declared('1')).when(withdraw('2')).thenNothing();
    given(declared('1'), withdrawn('1')).when(declare('2')).then(declared('2'));
  });

  it('goes with its roles', () => {
    const withdrawOf = (roleDefinitionId: string): WithdrawPairsOfRole => ({
      type: 'WithdrawPairsOfRole',
      data: { roleDefinitionId, by, now },
    });
    given(declared('1'), declared('2', { roleDefinitionIds: ['c', 'd'] }))
      .when(withdrawOf('b'))
      .then(withdrawn('1', 'role-deleted'));
    given(declared('1')).when(withdrawOf('c')).thenNothing();
  });

  it('keeps each of its roles apart from the other, and from nothing else', () => {
    const state = fold(separationOfDuty, [declared('1'), declared('2', { roleDefinitionIds: ['c', 'a'] })]);
    expect([...rolesApartFrom(state, 'a')].sort()).toEqual(['b', 'c']);
    expect(rolesApartFrom(state, 'b')).toEqual(['a']);
    expect(rolesApartFrom(state, 'd')).toEqual([]);
  });
});
