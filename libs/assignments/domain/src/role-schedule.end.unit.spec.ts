import {
  activated,
  assigned,
  at,
  carryOut,
  eligible,
  given,
  givenBack,
  minutes,
  order,
  paul,
  refused,
  removed,
  role,
  texts,
} from './spec/role-schedule';

const remove = order('adminRemove', 'd1');
const removeEligibility = order('adminRemove', 'd1', { kind: 'eligibility' });
const deactivate = order('selfDeactivate', 'd1');
const now = at(10);
const byAdmin = { reason: 'admin-removed', requestId: 'd1', at: now } as const;
const withIt = { ...byAdmin, reason: 'eligibility-ended' } as const;
const back = { requestId: 'd1', by: paul, at: now };

describe('an administrator removes', () => {
  it('a standing assignment, and only that', () =>
    given(eligible('e1'), activated('a1', 'e1'), assigned('s1'))
      .when(carryOut(remove, { now }))
      .then(removed(assigned('s1'), byAdmin)));

  it('never an activation, not even one named by its id', () => {
    const named = { ...remove, targetScheduleId: 'a1' };
    const history = [eligible('e1'), activated('a1', 'e1')];
    given(...history)
      .when(carryOut(remove, { now }))
      .then(refused(remove, 'RoleAssignmentDoesNotExist', texts.absent, now));
    given(...history)
      .when(carryOut(named, { now }))
      .then(refused(named, 'RoleAssignmentDoesNotExist', texts.absent, now));
  });

  it('an eligibility together with what was activated from it, running or to come, and nothing else', () =>
    given(
      eligible('e1'),
      activated('a1', 'e1', { start: at(9) }),
      eligible('e2', { principalId: 'frank' }),
      activated('a2', 'e2', { principalId: 'frank' }),
      assigned('s1'),
    )
      .when(carryOut(removeEligibility, { now }))
      .then(removed(eligible('e1'), byAdmin), removed(activated('a1', 'e1', { start: at(9) }), withIt)));

  it("a group's eligibility together with the activations of its members", () => {
    const asked = { ...removeEligibility, principalId: 'helpdesk' };
    const ofGroup = eligible('e1', { principalId: 'helpdesk', principalType: 'group', end: at(600) });
    const grace = activated('a1', 'e1', { principalId: 'grace', memberType: 'Group' });
    const heidi = activated('a2', 'e1', { principalId: 'heidi', memberType: 'Group', start: at(20), end: at(80) });
    given(ofGroup, grace, heidi)
      .when(carryOut(asked, { now, principalType: 'group' }))
      .then(removed(ofGroup, byAdmin), removed(grace, withIt), removed(heidi, withIt));
  });

  it('an eligibility, leaving an activation that has reached its end to its own expiry', () =>
    given(eligible('e1'), activated('a1', 'e1', { end: now }))
      .when(carryOut(removeEligibility, { now }))
      .then(removed(eligible('e1'), byAdmin)));

  it('what has an end, and the event says by itself what ended: of whom, until when, how they had it', () => {
    const about = { ...role, principalId: 'helpdesk', principalType: 'group', scheduleId: 's1', end: at(600) } as const;
    const granted = { principalId: 'helpdesk', principalType: 'group', end: at(600) } as const;
    given(eligible('s1', granted))
      .when(carryOut({ ...removeEligibility, principalId: 'helpdesk' }, { now }))
      .then({ type: 'EligibilityRemoved', data: { ...about, ...byAdmin, by: paul } });
    given(assigned('s1', granted))
      .when(carryOut({ ...remove, principalId: 'helpdesk' }, { now }))
      .then({ type: 'AssignmentRemoved', data: { ...about, ...byAdmin, by: paul, assignmentType: 'Assigned' } });
  });

  it('the schedule that is named, if the principal has it', () => {
    const named = { ...remove, targetScheduleId: 's1' };
    const foreign = { ...remove, targetScheduleId: 's2' };
    const history = [assigned('s1'), assigned('s2', { principalId: 'frank' })];
    given(...history)
      .when(carryOut(named, { now }))
      .then(removed(assigned('s1'), byAdmin));
    given(...history)
      .when(carryOut(foreign, { now }))
      .then(refused(foreign, 'RoleAssignmentDoesNotExist', texts.absent, now));
  });

  it('nothing where nothing is, nor what has reached its end', () => {
    given(eligible('e1'))
      .when(carryOut(remove, { now }))
      .then(refused(remove, 'RoleAssignmentDoesNotExist', texts.absent, now));
    given(assigned('s1', { end: now }))
      .when(carryOut(remove, { now }))
      .then(refused(remove, 'RoleAssignmentDoesNotExist', texts.absent, now));
  });

  it.each([
    ['a standing assignment', remove, assigned('s1', { start: at(5) })],
    ['an eligibility', removeEligibility, eligible('s1', { start: at(5) })],
  ])('%s not within five minutes of its start', (_kind, asked, fresh) => {
    const justBefore = '2026-03-01T12:09:59.999Z';
    given(fresh)
      .when(carryOut(asked, { now: justBefore }))
      .then(refused(asked, 'ActiveDurationTooShort', texts.short, justBefore));
    given(fresh).when(carryOut(asked, { now })).then(removed(fresh, byAdmin));
  });

  it('what has not started yet at once', () =>
    given(assigned('s1', { start: at(11) }))
      .when(carryOut(remove, { now }))
      .then(removed(assigned('s1'), byAdmin)));

  it('what somebody unknown or disabled has', () =>
    given(assigned('s1'))
      .when(carryOut(remove, { now, isPrincipalKnown: false, principalEnabled: false, roleEnabled: false }))
      .then(removed(assigned('s1'), byAdmin)));

  it('once: a repetition is silence, also when the role was assigned anew in between', () =>
    given(assigned('s1'), removed(assigned('s1'), byAdmin), assigned('s2', { start: now }))
      .when(carryOut(remove, { now: at(30) }))
      .thenNothing());
});

describe('somebody gives an activation back', () => {
  it('and only that: the eligibility and a standing assignment stay', () =>
    given(eligible('e1'), activated('a1', 'e1'), assigned('s1'))
      .when(carryOut(deactivate, { now }))
      .then(givenBack(activated('a1', 'e1'), back)));

  it('and the event says until when they would have had it', () =>
    given(eligible('e1'), activated('a1', 'e1', { end: at(75) }))
      .when(carryOut(deactivate, { now }))
      .then({
        type: 'AssignmentDeactivated',
        data: { ...role, principalId: 'erin', scheduleId: 'a1', end: at(75), ...back },
      }));

  it('before it starts', () =>
    given(eligible('e1'), activated('a1', 'e1', { start: at(11) }))
      .when(carryOut(deactivate, { now }))
      .then(givenBack(activated('a1', 'e1'), back)));

  it('not within five minutes of its start', () =>
    given(eligible('e1'), activated('a1', 'e1', { start: at(6) }))
      .when(carryOut(deactivate, { now }))
      .then(refused(deactivate, 'ActiveDurationTooShort', texts.short, now)));

  it('not a standing assignment, and not what somebody else activated', () =>
    given(assigned('s1'), eligible('e1'), activated('a2', 'e1', { principalId: 'frank' }))
      .when(carryOut(deactivate, { now }))
      .then(refused(deactivate, 'RoleAssignmentDoesNotExist', texts.absent, now)));

  it('not once it has reached its end', () =>
    given(eligible('e1'), activated('a1', 'e1', { end: now }))
      .when(carryOut(deactivate, { now }))
      .then(refused(deactivate, 'RoleAssignmentDoesNotExist', texts.absent, now)));
});

describe('the last active owner of a group', () => {
  const owner = { mustKeepOne: true, isOfGroup: true, now: at(10) } as const;
  const message =
    'The role assignment request is invalid: the last active owner of a group cannot be removed. Make somebody else an owner first.';

  it('is neither removed nor lets go', () => {
    const removal = order('adminRemove', 'r');
    given(assigned('a'))
      .when(carryOut(removal, owner))
      .then(refused(removal, 'InvalidRoleAssignmentRequest', message, at(10)));
    const back = order('selfDeactivate', 'r');
    given(eligible('e'), activated('a', 'e'))
      .when(carryOut(back, owner))
      .then(refused(back, 'InvalidRoleAssignmentRequest', message, at(10)));
  });

  it.each([
    ['with the eligibility', order('adminRemove', 'r', { kind: 'eligibility' }), [eligible('e'), activated('a', 'e')]],
    ['for a while', order('adminUpdate', 'r', { startDateTime: at(60) }), [assigned('a')]],
    [
      'for a while with the eligibility',
      order('adminUpdate', 'r', { kind: 'eligibility', startDateTime: at(30) }),
      [eligible('e'), activated('a', 'e')],
    ],
  ])('does not go %s', (_name, asked, history) =>
    given(...history)
      .when(carryOut(asked, owner))
      .then(refused(asked, 'InvalidRoleAssignmentRequest', message, at(10))),
  );

  it('goes when there is another', () => {
    const first = assigned('a');
    given(first, assigned('b', { principalId: 'ada' }))
      .when(carryOut(order('adminRemove', 'r'), owner))
      .then(removed(first, { reason: 'admin-removed', requestId: 'r', at: at(10) }));
  });

  it('may lose an eligibility', () => {
    const first = eligible('a');
    given(first)
      .when(carryOut(order('adminRemove', 'r', { kind: 'eligibility' }), owner))
      .then(removed(first, { reason: 'admin-removed', requestId: 'r', at: at(10) }));
  });
});

describe('what comes by a membership that ends', () => {
  it('is activated no longer than it lasts', () =>
    given(eligible('e', { principalId: 'staff', principalType: 'group' }))
      .when(
        carryOut(order('selfActivate', 'a', { durationMs: minutes(60) }), {
          groupIds: ['staff'],
          membershipEnds: { staff: at(20) },
        }),
      )
      .then(activated('a', 'e', { end: at(20), memberType: 'Group' })));
});

describe('what the directory has given already', () => {
  it.each(['adminAssign', 'selfActivate'] as const)('is not given again by %s', (action) => {
    const asked = order(action, 'a', { durationMs: minutes(60) });
    given(eligible('e'))
      .when(carryOut(asked, { isHeldOutside: true }))
      .then(refused(asked, 'RoleAssignmentExists', texts.exists));
  });
});
