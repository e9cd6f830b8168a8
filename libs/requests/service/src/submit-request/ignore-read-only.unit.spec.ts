import { writableOnly } from './ignore-read-only.interceptor';

describe('a body sent back as it was read', () => {
  it('keeps what can be asked for and what nobody knows', () => {
    const body = { action: 'selfActivate', principalId: 'erin', scheduleInfo: { startDateTime: null }, color: 'red' };
    expect(writableOnly(body)).toEqual(body);
  });

  it.each([
    'id',
    'status',
    'createdDateTime',
    'completedDateTime',
    'approvalId',
    'createdBy',
    'principal',
    'roleDefinition',
    'directoryScope',
    'appScope',
    'targetSchedule',
    'activatedUsing',
    '@odata.type',
    '@odata.context',
    'principal@odata.bind',
  ])('loses %s', (name) =>
    expect(writableOnly({ action: 'adminAssign', [name]: 1 })).toEqual({ action: 'adminAssign' }),
  );

  it('is told from what only looks like an annotation', () =>
    expect(writableOnly({ '@type': 1, odata: 2 })).toEqual({ '@type': 1, odata: 2 }));
});
