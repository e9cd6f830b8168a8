import type { RoleScheduleEvent } from '@pim/contracts';
import type { RemoveStanding } from './role-schedule.standing.decide';
import {
  activated,
  assigned,
  at,
  carryOut,
  eligible,
  given,
  order,
  refused,
  removed,
  texts,
} from './spec/role-schedule';

const now = at(10);
const asked = order('adminRemove', 'd1');
const ended = { reason: 'directory-removed', requestId: 'd1', at: now } as const;

const remove = (targetScheduleId: string | null, isProtected = false): RemoveStanding => ({
  type: 'RemoveStanding',
  data: carryOut({ ...asked, targetScheduleId }, { now, isProtected }).data,
});

describe('the directory takes away', () => {
  const activation = activated('a1', 'e1', { start: at(9) });
  const standing = assigned('s1', { start: at(9) });
  const history: readonly RoleScheduleEvent[] = [
    eligible('e1'),
    activation,
    standing,
    assigned('s2', { start: at(20) }),
    assigned('s3', { principalId: 'frank' }),
  ];

  it('the one assignment that is named, however fresh it is, activated or not', () => {
    given(...history)
      .when(remove('a1'))
      .then(removed(activation, ended));
    given(...history)
      .when(remove('s1'))
      .then(removed(standing, ended));
  });

  it('all that somebody holds now when none is named: not what is to come, and not what they are eligible for', () =>
    given(...history)
      .when(remove(null))
      .then(removed(activation, ended), removed(standing, ended)));

  it.each([['by id', 's1'] as const, ['by nothing but the member', null] as const])(
    'nothing from whoever does not have it: %s',
    (_how, id) =>
      given(eligible('e1'), activated('a1', 'e1', { end: now }))
        .when(remove(id))
        .then(refused({ ...asked, targetScheduleId: id }, 'RoleAssignmentDoesNotExist', texts.absent, now)),
  );

  it('neither the last permanent assignment of a protected role, nor what its holder has beside it', () =>
    given(activation, standing)
      .when(remove(null, true))
      .then(refused(asked, 'InvalidRoleAssignmentRequest', texts.last, now)));
});
