import { kindOf } from './request-sets';

const path = (set: string) => ({ path: ['roleManagement', 'directory', set, ':id'] });

describe('the set a route names', () => {
  it('is about assignments or eligibilities', () => {
    expect(kindOf(path('roleAssignmentScheduleRequests'))).toBe('assignment');
    expect(kindOf(path('roleEligibilityScheduleRequests'))).toBe('eligibility');
  });

  it.each(['roleAssignmentSchedules', 'RoleEligibilityScheduleRequests', ''])('is never guessed: %j', (set) =>
    expect(() => kindOf(path(set))).toThrow('is no set of schedule requests (this is a bug)'),
  );
});
