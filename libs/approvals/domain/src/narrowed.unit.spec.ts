import type { ApprovedOrder } from '@pim/contracts';
import { narrowed, type Narrowing } from './narrowed';

const unit = '/administrativeUnits/c0000000-0000-4000-8000-000000000001';
const other = '/administrativeUnits/c0000000-0000-4000-8000-000000000002';
const order: ApprovedOrder = {
  requestId: 'r1',
  kind: 'assignment',
  action: 'selfActivate',
  principalId: 'erin',
  roleDefinitionId: 'role',
  directoryScopeId: '/',
  startDateTime: null,
  durationMs: 3_600_000,
  endDateTime: null,
  targetScheduleId: null,
  actor: { id: 'erin', kind: 'user' },
  narrowedFrom: null,
};
const inUnit: ApprovedOrder = { ...order, directoryScopeId: unit, narrowedFrom: '/' };
const to = (directoryScopeId: string, facts: Partial<Narrowing> = {}): Narrowing => ({
  directoryScopeId,
  isOfGroup: false,
  isKnown: true,
  isAllowed: true,
  ...facts,
});

describe('an approver who names a scope', () => {
  it('narrows the whole tenant to it, and says from where', () =>
    expect(narrowed(order, to(unit))).toEqual({ directoryScopeId: unit, narrowedFrom: '/' }));

  it.each([
    ['nothing', order, null],
    ['the scope it has', order, to('/')],
    ['nothing about what was narrowed before', inUnit, null],
    ['the scope that it was narrowed to', inUnit, to(unit)],
  ])('leaves it as it is for %s', (_, given, narrowing) =>
    expect(narrowed(given, narrowing)).toEqual({
      directoryScopeId: given.directoryScopeId,
      narrowedFrom: given.narrowedFrom,
    }),
  );

  it.each([
    ['back to the tenant', inUnit, to('/')],
    ['to another unit', inUnit, to(other)],
    ['from what was asked for at a unit', { ...order, directoryScopeId: unit }, to('/')],
    ['to what is not there', order, to(other, { isKnown: false })],
    ['to where the role cannot be held', order, to(unit, { isAllowed: false })],
    ['of a group', { ...order, roleDefinitionId: 'member', directoryScopeId: 'g1' }, to('g1', { isOfGroup: true })],
  ])('is refused %s', (_, given, narrowing) =>
    expect(() => narrowed(given, narrowing)).toThrow(expect.objectContaining({ code: 'InvalidRoleAssignmentRequest' })),
  );
});
