import { setNameOf } from './request-sets';

const path = (...set: string[]) => ({ path: [...set, ':id'] });

describe('the set a route names', () => {
  it('is about assignments or eligibilities, of roles or of groups', () => {
    const directory = ['roleManagement', 'directory'];
    const group = ['identityGovernance', 'privilegedAccess', 'group'];
    expect([
      setNameOf(path(...directory, 'roleAssignmentScheduleRequests')),
      setNameOf(path(...directory, 'roleEligibilityScheduleRequests')),
      setNameOf(path(...group, 'assignmentScheduleRequests')),
      setNameOf(path(...group, 'eligibilityScheduleRequests')),
    ]).toEqual([
      { kind: 'assignment', isOfGroup: false },
      { kind: 'eligibility', isOfGroup: false },
      { kind: 'assignment', isOfGroup: true },
      { kind: 'eligibility', isOfGroup: true },
    ]);
  });

  it.each(['roleAssignmentSchedules', 'RoleEligibilityScheduleRequests', ''])('is never guessed: %j', (set) =>
    expect(() => setNameOf(path(set))).toThrow('is no set of schedule requests (this is a bug)'),
  );
});
