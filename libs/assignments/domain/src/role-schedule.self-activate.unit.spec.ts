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
  refused,
  removed,
  texts,
} from './spec/role-schedule';

const activate = order('selfActivate', 'a1', { durationMs: minutes(60), actor: { id: 'erin', kind: 'user' } });
const now = at(10);
const erin = activate.actor;
const fromNow = { start: now, end: at(70), at: now, by: erin };

describe('somebody eligible activates', () => {
  it('until the end that stands beside a duration, when that comes first', () => {
    const until = (endDateTime: string) => ({ ...activate, endDateTime });
    given(eligible('e1'))
      .when(carryOut(until(at(30)), { now }))
      .then(activated('a1', 'e1', { ...fromNow, end: at(30) }));
    given(eligible('e1'))
      .when(carryOut(until(at(90)), { now }))
      .then(activated('a1', 'e1', fromNow));
    given(eligible('e1'))
      .when(carryOut(until(at(9)), { now }))
      .then(
        refused(
          activate,
          'InvalidRoleAssignmentRequestSchedule',
          'The role assignment schedule is invalid: its end must be after its start and before the year 10000.',
          now,
        ),
      );
  });
  it('for as long as asked', () =>
    given(eligible('e1'))
      .when(carryOut(activate, { now }))
      .then(activated('a1', 'e1', fromNow)));

  it('never beyond the end of the eligibility', () =>
    given(eligible('e1', { end: at(40) }))
      .when(carryOut(activate, { now }))
      .then(activated('a1', 'e1', { ...fromNow, end: at(40) })));

  it('not when the eligibility leaves less than five minutes', () =>
    given(eligible('e1', { end: at(14) }))
      .when(carryOut(activate, { now }))
      .then(refused(activate, 'ActiveDurationTooShort', texts.short, now)));

  it('from the eligibility of a group of theirs, under their own name', () =>
    given(eligible('e1', { principalId: 'helpdesk', principalType: 'group' }))
      .when(carryOut(activate, { now, groupIds: ['other', 'helpdesk'] }))
      .then(activated('a1', 'e1', { ...fromNow, memberType: 'Group' })));

  it('from the eligibility that lasts longest, from their own among equals', () => {
    const group = { principalId: 'helpdesk', principalType: 'group' } as const;
    given(eligible('e1', { end: at(30) }), eligible('e2', group))
      .when(carryOut(activate, { now, groupIds: ['helpdesk'] }))
      .then(activated('a1', 'e2', { ...fromNow, memberType: 'Group' }));
    given(eligible('e2', group), eligible('e1'))
      .when(carryOut(activate, { now, groupIds: ['helpdesk'] }))
      .then(activated('a1', 'e1', fromNow));
  });

  it('from a future start at which they are eligible', () =>
    given(eligible('e1', { start: at(100) }))
      .when(carryOut({ ...activate, startDateTime: at(100) }, { now }))
      .then(activated('a1', 'e1', { start: at(100), end: at(160), at: now, by: erin })));

  it('again at once after giving the last activation back', () =>
    given(
      eligible('e1'),
      activated('a0', 'e1'),
      givenBack(activated('a0', 'e1'), { requestId: 'd0', by: erin, at: now }),
    )
      .when(carryOut(activate, { now }))
      .then(activated('a1', 'e1', fromNow)));

  it('again at the instant the last activation ends, although nobody has recorded that yet', () =>
    given(eligible('e1'), activated('a0', 'e1', { end: now }))
      .when(carryOut(activate, { now }))
      .then(activated('a1', 'e1', fromNow)));

  it('before a standing assignment that is still to come', () =>
    given(eligible('e1'), assigned('s1', { start: at(500) }))
      .when(carryOut(activate, { now }))
      .then(activated('a1', 'e1', fromNow)));
});

describe('an activation is refused', () => {
  const absent = refused(activate, 'RoleAssignmentDoesNotExist', texts.absent, now);
  const exists = refused(activate, 'RoleAssignmentExists', texts.exists, now);

  it('without an eligibility', () => given().when(carryOut(activate, { now })).then(absent));

  it('from an eligibility of somebody else or of a group they are not in', () =>
    given(eligible('e1', { principalId: 'frank' }), eligible('e2', { principalId: 'helpdesk', principalType: 'group' }))
      .when(carryOut(activate, { now, groupIds: ['other'] }))
      .then(absent));

  it('exactly at the end of the eligibility', () =>
    given(eligible('e1', { end: now }))
      .when(carryOut(activate, { now }))
      .then(absent));

  it('before the eligibility starts', () =>
    given(eligible('e1', { start: at(11) }))
      .when(carryOut(activate, { now }))
      .then(absent));

  it('when the start lies after the end of the eligibility', () => {
    const later = { ...activate, startDateTime: at(60) };
    given(eligible('e1', { end: at(60) }))
      .when(carryOut(later, { now }))
      .then(refused(later, 'RoleAssignmentDoesNotExist', texts.absent, now));
  });

  it('once the eligibility was removed', () =>
    given(eligible('e1'), removed(eligible('e1'), { reason: 'admin-removed', requestId: 'd1', at: at(5) }))
      .when(carryOut(activate, { now }))
      .then(absent));

  it('while the role is active, also for a time after the end of that', () => {
    const later = { ...activate, startDateTime: at(300) };
    given(eligible('e1'), activated('a0', 'e1')).when(carryOut(activate, { now })).then(exists);
    given(eligible('e1'), activated('a0', 'e1'))
      .when(carryOut(later, { now }))
      .then(refused(later, 'RoleAssignmentExists', texts.exists, now));
  });

  it('while another activation is still to come', () =>
    given(eligible('e1'), activated('a0', 'e1', { start: at(500), end: at(560) }))
      .when(carryOut(activate, { now }))
      .then(exists));

  it('for somebody who holds the role by a standing assignment', () =>
    given(eligible('e1'), assigned('s1')).when(carryOut(activate, { now })).then(exists));

  it('when it has no end', () => {
    const forEver = { ...activate, durationMs: null };
    given(eligible('e1'))
      .when(carryOut(forEver, { now }))
      .then(
        refused(
          forEver,
          'InvalidRoleAssignmentRequestSchedule',
          'The role assignment schedule is invalid: an activation is never permanent. Give it an end or a duration.',
          now,
        ),
      );
  });

  it.each(['group', 'servicePrincipal'] as const)('for a %s', (principalType) =>
    given(eligible('e1'))
      .when(carryOut(activate, { now, principalType, isAssignableToRole: true }))
      .then(
        refused(
          activate,
          'InvalidRoleAssignmentRequest',
          'The role assignment request is invalid: only a user can activate a role.',
          now,
        ),
      ),
  );

  it('for a disabled account', () =>
    given(eligible('e1'))
      .when(carryOut(activate, { now, principalEnabled: false }))
      .then(
        refused(
          activate,
          'InvalidRoleAssignmentRequest',
          'The role assignment request is invalid: the account of the principal is disabled. Enable it first.',
          now,
        ),
      ));

  it.each(['selfActivate', 'selfDeactivate'] as const)('when %s is sent for an eligibility', (action) => {
    const odd = { ...activate, action, kind: 'eligibility' } as const;
    given(eligible('e1'), activated('a0', 'e1'))
      .when(carryOut(odd, { now }))
      .then(
        refused(
          odd,
          'InvalidRoleAssignmentRequest',
          'The role assignment request is invalid: an eligibility is not activated itself. ' +
            'Send this action to roleAssignmentScheduleRequests.',
          now,
        ),
      );
  });
});
