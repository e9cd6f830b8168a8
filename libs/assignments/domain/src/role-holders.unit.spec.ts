import type { PrincipalEvent, RoleScheduleEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { clashesOf } from './clash';
import { principal } from './principal.decide';
import { everybodyIn, holdersOfBoth, holdingsOf, shared, type GroupView, type RoleHolders } from './role-holders';
import { roleSchedule } from './role-schedule.decide';
import { assigned, at, eligible } from './spec/role-schedule';

const guard = (...events: RoleScheduleEvent[]) => fold(roleSchedule, events);

const groupOf = (members: readonly string[], ...memberships: RoleScheduleEvent[]): GroupView => {
  const registered: PrincipalEvent = {
    type: 'PrincipalRegistered',
    data: {
      principalId: 'g',
      principalType: 'group',
      displayName: 'Operators',
      userPrincipalName: null,
      mail: null,
      appId: null,
      appRoles: [],
      isAssignableToRole: true,
      accountEnabled: true,
      at: at(0),
    },
  };
  const joined = members.map((memberId): PrincipalEvent => ({
    type: 'GroupMemberAdded',
    data: { groupId: 'g', groupType: 'group', memberId, at: at(0) },
  }));
  return { group: fold(principal, [registered, ...joined]), memberships: guard(...memberships) };
};

const holders = (guards: RoleHolders['guards'], group?: GroupView): RoleHolders => ({
  guards,
  groups: new Map(group ? [['g', group]] : []),
});

describe('the time that two windows share', () => {
  it.each([
    [
      [0, null],
      [5, null],
      [5, null],
    ],
    [
      [0, 10],
      [5, null],
      [5, 10],
    ],
    [
      [5, null],
      [0, 10],
      [5, 10],
    ],
    [
      [0, 10],
      [2, 4],
      [2, 4],
    ],
  ] as const)('of %j and %j is %j', ([a, b], [c, d], [e, f]) => {
    const window = (start: number, end: number | null) => ({ start: at(start), end: end === null ? null : at(end) });
    expect(shared(window(a, b), window(c, d))).toEqual(window(e, f));
  });

  it('is none where one ends as the other begins', () => {
    expect(shared({ start: at(0), end: at(5) }, { start: at(5), end: null })).toBeNull();
    expect(shared({ start: at(5), end: null }, { start: at(0), end: at(5) })).toBeNull();
  });
});

describe('what somebody has of a role', () => {
  it('is what they hold and what they may activate, at every scope, now or later, but not what is over', () => {
    const everywhere = holders([
      guard(eligible('e1', { end: at(60) }), assigned('a1', { principalId: 'frank' })),
      guard(assigned('a2', { directoryScopeId: '/administrativeUnits/u', start: at(90) })),
      guard(assigned('a3', { end: at(10) })),
    ]);
    expect(holdingsOf(everywhere, 'erin', at(10))).toMatchObject([
      { start: at(0), end: at(60) },
      { start: at(90), end: null },
    ]);
  });

  const ofGroup = guard(eligible('e1', { principalId: 'g', principalType: 'group', start: at(20), end: at(60) }));

  it('is also what their group has, while it has it', () => {
    expect(holdingsOf(holders([ofGroup], groupOf(['erin'])), 'erin', at(0))).toEqual([{ start: at(20), end: at(60) }]);
    expect(holdingsOf(holders([ofGroup], groupOf(['frank'])), 'erin', at(0))).toEqual([]);
  });

  it('is what an active membership gives for its time, and nothing for one they may only activate', () => {
    const active = groupOf([], assigned('m1', { roleDefinitionId: 'member', directoryScopeId: 'g', end: at(30) }));
    expect(holdingsOf(holders([ofGroup], active), 'erin', at(0))).toEqual([{ start: at(20), end: at(30) }]);
    const dormant = groupOf([], eligible('m1', { roleDefinitionId: 'member', directoryScopeId: 'g' }));
    expect(holdingsOf(holders([ofGroup], dormant), 'erin', at(0))).toEqual([]);
  });

  it('is nothing by a group that is gone', () => {
    const gone: GroupView = { ...groupOf([]), group: { status: 'deleted', principalType: 'group' } };
    expect(holdingsOf(holders([ofGroup], gone), 'erin', at(0))).toEqual([]);
    expect(everybodyIn(holders([ofGroup], gone))).toEqual(['g']);
  });
});

describe('who has both roles', () => {
  const readers = holders([guard(assigned('a1'), assigned('a2', { principalId: 'frank', end: at(30) }))]);

  it('has them at the same time, however they came by them', () => {
    const later = holders([guard(eligible('e1', { principalId: 'frank', start: at(30) }))]);
    expect(holdersOfBoth(readers, later, at(0))).toEqual([]);
    const byGroup = holders(
      [guard(eligible('e1', { principalId: 'g', principalType: 'group', start: at(29) }))],
      groupOf(['erin', 'frank', 'grace']),
    );
    expect(holdersOfBoth(readers, byGroup, at(0))).toEqual(['erin', 'frank']);
    expect(holdersOfBoth(byGroup, readers, at(31))).toEqual(['erin']);
  });

  it('is told when they would meet', () => {
    const gain = { principalId: 'frank', roleDefinitionId: 'a', start: at(10), end: null };
    expect(clashesOf(gain, { roleDefinitionId: 'b', holders: readers }, at(0))).toEqual([
      { principalId: 'frank', gains: 'a', has: 'b', start: at(10), end: at(30) },
    ]);
    expect(clashesOf({ ...gain, start: at(30) }, { roleDefinitionId: 'b', holders: readers }, at(0))).toEqual([]);
  });
});
