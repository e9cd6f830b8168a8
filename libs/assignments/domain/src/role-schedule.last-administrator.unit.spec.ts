import type { RoleScheduleEvent } from '@pim/contracts';
import type { BarPrincipal } from './role-schedule.disable.decide';
import {
  activated,
  assigned,
  at,
  carryOut,
  eligible,
  given,
  order,
  paul,
  refused,
  removed,
  role,
  texts,
} from './spec/role-schedule';

const now = at(10);
const remove = order('adminRemove', 'd1', { principalId: 'ada' });
const bar: BarPrincipal = {
  type: 'BarPrincipal',
  data: { ...role, isProtected: true, principalId: 'ada', by: paul, now },
};
const barred = (principalId: string): RoleScheduleEvent => ({
  type: 'PrincipalBarred',
  data: { ...role, principalId, by: paul, at: now },
});
const lifted = (principalId: string): RoleScheduleEvent => ({
  type: 'PrincipalBarLifted',
  data: { ...role, principalId, by: paul, at: now },
});
const ada = assigned('s1', { principalId: 'ada' });
const byAdmin = { reason: 'admin-removed', requestId: 'd1', at: now } as const;
const stays = (history: RoleScheduleEvent[]) => {
  given(...history)
    .when(carryOut(remove, { now, isProtected: true }))
    .then(refused(remove, 'InvalidRoleAssignmentRequest', texts.last, now));
  given(...history)
    .when(bar)
    .thenRejected('InvalidRoleAssignmentRequest');
};

describe('the last administrator of a protected role', () => {
  it('stays', () => stays([ada]));

  it.each<[string, RoleScheduleEvent]>([
    ['holds it for a time', assigned('s2', { principalId: 'bob', end: at(1e6) })],
    ['has not started', assigned('s2', { principalId: 'bob', start: at(11) })],
    ['activated it', activated('s2', 'e1', { principalId: 'bob', end: null })],
    ['is eligible', eligible('s2', { principalId: 'bob' })],
    ['is a group', assigned('s2', { principalId: 'admins', principalType: 'group' })],
    ['is a service principal', assigned('s2', { principalId: 'app', principalType: 'servicePrincipal' })],
  ])('stays when the only other one %s', (_case, other) => stays([ada, other]));

  it('stays when the only other one is barred', () =>
    stays([ada, assigned('s2', { principalId: 'bob' }), barred('bob')]));

  it('stays when the only other one was removed', () =>
    stays([
      ada,
      assigned('s2', { principalId: 'bob' }),
      removed(assigned('s2', { principalId: 'bob' }), { reason: 'admin-removed', requestId: 'd0', at: at(6) }),
    ]));

  it('may go when another user holds the role permanently', () => {
    const history = [ada, assigned('s2', { principalId: 'bob' })];
    given(...history)
      .when(carryOut(remove, { now, isProtected: true }))
      .then(removed(ada, byAdmin));
    given(...history)
      .when(bar)
      .then(barred('ada'));
  });

  it('may lose what a barred one holds: it counts no longer', () =>
    given(ada, assigned('s2', { principalId: 'bob' }), barred('ada'))
      .when(carryOut(remove, { now, isProtected: true }))
      .then(removed(ada, byAdmin)));

  it('stays when a request of theirs is withdrawn and the only other one is barred', () =>
    given(ada, assigned('s2', { principalId: 'bob' }), barred('bob'))
      .when({ type: 'CancelScheduled', data: { requestId: 's1', scheduleId: 's1', isProtected: true, by: paul, now } })
      .then(
        refused(order('adminAssign', 's1', { principalId: 'ada' }), 'InvalidRoleAssignmentRequest', texts.last, now),
      ));

  it('counts again once the bar is lifted', () =>
    given(ada, assigned('s2', { principalId: 'bob' }), barred('bob'), lifted('bob'))
      .when(bar)
      .then(barred('ada')));

  it('counts another one from the instant of their start, although nobody has recorded that yet', () =>
    given(ada, assigned('s2', { principalId: 'bob', start: now }))
      .when(carryOut(remove, { now, isProtected: true }))
      .then(removed(ada, byAdmin)));

  it('is told so rather than to wait five minutes', () =>
    given(assigned('s1', { principalId: 'ada', start: at(9) }))
      .when(carryOut(remove, { now, isProtected: true }))
      .then(refused(remove, 'InvalidRoleAssignmentRequest', texts.last, now)));

  it('may lose other things: an eligibility, or an assignment of limited time', () => {
    const asked = { ...remove, kind: 'eligibility' } as const;
    given(ada, eligible('e1', { principalId: 'ada' }))
      .when(carryOut(asked, { now, isProtected: true }))
      .then(removed(eligible('e1', { principalId: 'ada' }), byAdmin));
  });

  it('is nobody special in a role that is not protected', () =>
    given(ada).when(carryOut(remove, { now })).then(removed(ada, byAdmin)));
});

it('counts who was granted the role after the command looked at the clock', () => {
  const bar = {
    type: 'BarPrincipal',
    data: { ...role, isProtected: true, principalId: 'bob', by: paul, now: at(0) },
  } as const;
  given(
    assigned('first', { principalId: 'ada' }),
    assigned('second', { principalId: 'bob', start: at(6), at: at(6) }),
    removed(assigned('first', { principalId: 'ada' }), { reason: 'admin-removed', requestId: 'x', at: at(6) }),
  )
    .when(bar)
    .thenRejected('InvalidRoleAssignmentRequest');
});

describe('a role whose settings demand holders', () => {
  const minimum = (count: number): RoleScheduleEvent => ({
    type: 'MinimumHoldersSet',
    data: { ...role, minimum: count, by: paul, at: at(0) },
  });
  const [ada, bob] = [assigned('a', { principalId: 'ada' }), assigned('b', { principalId: 'bob' })];
  const message =
    'The role settings demand 2 permanent active assignments of this role (minimumHolders), and there would be fewer. ' +
    'Assign the role permanently to another user first.';

  it('keeps so many, and lets go who is more', () => {
    given(ada, bob, minimum(2))
      .when(carryOut(remove, { now }))
      .then(refused(remove, 'InvalidRoleAssignmentRequest', message, now));
    given(ada, bob, minimum(1))
      .when(carryOut(remove, { now }))
      .then(removed(ada, { reason: 'admin-removed', requestId: 'd1', at: now }));
    given(ada, bob, minimum(2), minimum(0))
      .when(carryOut(remove, { now }))
      .then(removed(ada, { reason: 'admin-removed', requestId: 'd1', at: now }));
  });

  it('keeps nobody on who is not permanent', () => {
    const timed = assigned('a', { principalId: 'ada', end: at(60) });
    given(timed, bob, minimum(2))
      .when(carryOut(remove, { now }))
      .then(removed(timed, { reason: 'admin-removed', requestId: 'd1', at: now }));
  });

  it('lets no account be switched off that it needs', () => {
    given(ada, bob, minimum(2))
      .when({ ...bar, data: { ...bar.data, isProtected: false } })
      .thenRejected('InvalidRoleAssignmentRequest');
    given(ada, bob, minimum(1))
      .when({ ...bar, data: { ...bar.data, isProtected: false } })
      .then(barred('ada'));
  });

  it('learns the number once', () => {
    const set = { type: 'SetMinimumHolders', data: { ...role, minimum: 2, by: paul, now: at(0) } } as const;
    given(ada).when(set).then(minimum(2));
    given(ada, minimum(2)).when(set).thenNothing();
  });
});
