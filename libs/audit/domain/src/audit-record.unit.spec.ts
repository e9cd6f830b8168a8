import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@pim/contracts';
import type { Actor, ScheduleOrder } from '@pim/contracts';
import { auditDecision, auditRecord, type AuditContext } from './audit-record';
import type { DirectoryAudit } from './directory-audit';
import type { AuditedEvent, Facts } from './entry';
import { coreDirectoryNames, openPimNames, pimNames } from './spec/microsoft-names';

const isStream = (value: unknown): value is contracts.StreamContract =>
  typeof value === 'object' && value !== null && 'category' in value && 'events' in value;
const types = Object.values<unknown>(contracts)
  .filter(isStream)
  .flatMap((stream) => stream.events.map(({ type }) => type as keyof Facts));

const fixtures = join(__dirname, '../../../contracts/fixtures');
const dataOf = <T extends keyof Facts>(type: T): Facts[T] => {
  const { version } = Object.values<unknown>(contracts)
    .filter(isStream)
    .flatMap(({ events }) => events)
    .find((event) => event.type === type) as contracts.EventContract;
  return JSON.parse(readFileSync(join(fixtures, type, `v${version}.json`), 'utf8')) as Facts[T];
};
const eventOf = <T extends keyof Facts>(type: T, change: Partial<Facts[T]> = {}): AuditedEvent => {
  const data: unknown = { ...dataOf(type), ...change };
  return { type, data } as AuditedEvent;
};

const expiry: Actor = { id: 'system:deadline/expiry', kind: 'system' };
const context: AuditContext = {
  id: '2f1e8c1a-0000-5000-8000-000000000001',
  stream: 'request-1',
  revision: 4,
  recordedAt: '2026-03-02T08:15:00.123Z',
  metadata: { actor: expiry, authentication: null, correlationId: 'c-1' },
};
const record = <T extends keyof Facts>(type: T, change: Partial<Facts[T]> = {}, under = context): DirectoryAudit => {
  const made = auditRecord(eventOf(type, change), under);
  if (!made) throw new Error(`${type} made no record`);
  return made;
};
const activity = <T extends keyof Facts>(type: T, change: Partial<Facts[T]> = {}) =>
  record(type, change).activityDisplayName;
const details = (audit: DirectoryAudit) =>
  Object.fromEntries(audit.additionalDetails.map(({ key, value }) => [key, value]));
const targets = (audit: DirectoryAudit) => audit.targetResources.map(({ type }) => type);
const targetIds = (audit: DirectoryAudit) => audit.targetResources.map(({ id }) => id);

describe.each(types)('%s', (type) => {
  it('has a decision: a record, or silence with a reason', () => {
    const decision = auditDecision(eventOf(type));
    const text = 'because' in decision ? decision.because : decision.activity;
    expect(text).toMatch(/^\w+ \w+/);
    expect(auditRecord(eventOf(type), context) === null).toBe('because' in decision);
  });
  it('has one of the literal names in its category, Microsoft’s where there is one, if it has a record', () => {
    const audit = auditRecord(eventOf(type), context);
    if (!audit) return;
    const names = { PIM: pimNames, 'Core Directory': coreDirectoryNames, OpenPIM: openPimNames };
    expect(names[audit.loggedByService][audit.category]).toContain(audit.activityDisplayName);
  });
  it('has every documented property, none undefined, and none of a person’s names', () => {
    const audit = auditRecord(eventOf(type), context);
    if (!audit) return;
    expect(Object.keys(audit).sort()).toEqual(properties);
    for (const target of audit.targetResources) expect(Object.keys(target).sort()).toEqual(targetProperties);
    expect(Object.keys(audit.initiatedBy)).toEqual(expect.arrayContaining(['user', 'app']));
    expect(JSON.parse(JSON.stringify(audit))).toEqual(audit);
    expect(JSON.stringify({ ...audit, resultReason: null, additionalDetails: [] })).not.toMatch(/Erin|erin@/);
  });
});

const properties = [
  'activityDateTime',
  'activityDisplayName',
  'additionalDetails',
  'category',
  'correlationId',
  'id',
  'initiatedBy',
  'loggedByService',
  'operationType',
  'result',
  'resultReason',
  'targetResources',
];
const targetProperties = ['displayName', 'groupType', 'id', 'modifiedProperties', 'type', 'userPrincipalName'];

it('is silent about these, and only these', () =>
  expect(types.filter((type) => auditRecord(eventOf(type), context) === null).sort()).toEqual([
    'ActivationNarrowed',
    'ApprovalLapsed',
    'ApprovalWithdrawn',
    'ApproversReminded',
    'AssignmentStarted',
    'EligibilityStarted',
    'ExpiryReminderDue',
    'GroupNamedAsApprover',
    'GroupNoLongerNamedAsApprover',
    'MinimumHoldersSet',
    'PrincipalBarLifted',
    'PrincipalBarred',
    'PrincipalDisableRequested',
    'RequestApproved',
    'RequestDenied',
    'RequestFailed',
    'RequestGranted',
    'RequestProvisioned',
    'RequestRevoked',
    'SeparationOfDutyConfirmed',
  ]));

describe('every record', () => {
  it('has an id made of the event’s id and its revision, the same every time', () => {
    expect(record('RequestSubmitted').id).toBe('PIM_2f1e8c1a-0000-5000-8000-000000000001_4');
    expect(record('RequestSubmitted')).toEqual(record('RequestSubmitted'));
    expect(record('PrincipalDisabled').id).toBe('Directory_2f1e8c1a-0000-5000-8000-000000000001_4');
  });
  it('is dated when it took effect, and says where the log has it and since when', () => {
    const audit = record('AssignmentExpired');
    expect(audit).toMatchObject({ activityDateTime: '2026-03-02T12:40:12.031Z', correlationId: 'c-1' });
    expect(details(audit)).toMatchObject({
      EventStream: 'request-1',
      EventRevision: '4',
      RecordedTime: '2026-03-02T08:15:00.123Z',
    });
  });
});

describe('who did it', () => {
  const by: Actor = { id: 'a0000000-0000-4000-8000-000000000004', kind: 'user' };
  const authentication = { amr: ['pwd', 'mfa'], acr: null, acrs: ['c1'], authTime: '2026-03-02T08:00:00.000Z' };
  const signedIn = { ...context, metadata: { actor: by, authentication, correlationId: 'c-1' } };

  it('is a person, by id', () =>
    expect(record('RequestSubmitted').initiatedBy).toEqual({
      user: { id: by.id, displayName: null, ipAddress: null, userPrincipalName: null },
      app: null,
    }));
  it('is an application, by the id of its service principal', () =>
    expect(record('ScheduleChangeRefused').initiatedBy).toEqual({
      user: null,
      app: {
        appId: null,
        displayName: null,
        servicePrincipalId: 'c0000000-0000-4000-8000-000000000001',
        servicePrincipalName: null,
      },
    }));
  it('is OpenPIM for what happened by itself', () =>
    expect(record('AssignmentExpired').initiatedBy).toEqual({
      user: { id: 'system:deadline/expiry', displayName: 'OpenPIM', ipAddress: null, userPrincipalName: null },
      app: null,
    }));
  it('comes with how they had signed in', () =>
    expect(details(record('RequestSubmitted', {}, signedIn))).toMatchObject({
      amr: 'pwd,mfa',
      acrs: 'c1',
      authTime: '2026-03-02T08:00:00.000Z',
    }));
  it('never comes with how somebody else had signed in, nor with what is not known', () => {
    const somebodyElse = { ...signedIn, metadata: { ...signedIn.metadata, actor: { ...by, id: 'other' } } };
    expect(details(record('RequestSubmitted', {}, somebodyElse))).not.toHaveProperty('amr');
    expect(details(record('RequestSubmitted', {}, signedIn))).not.toHaveProperty('acr');
  });
});

describe('an activation', () => {
  it('is requested, with its evidence', () => {
    const audit = record('RequestSubmitted');
    expect(audit).toMatchObject({
      activityDisplayName: 'Add member to role requested (PIM activation)',
      category: 'RoleManagement',
      loggedByService: 'PIM',
      operationType: 'Assign',
      result: 'success',
      resultReason: 'Investigate sign-in anomaly',
    });
    expect(details(audit)).toMatchObject({
      RoleDefinitionOriginId: '194ae4cb-b126-40b2-bd5b-6091b380977d',
      TemplateId: '194ae4cb-b126-40b2-bd5b-6091b380977d',
      Justification: 'Investigate sign-in anomaly',
      TicketNumber: 'INC-1042',
      TicketSystem: 'ServiceNow',
      RequestId: dataOf('RequestSubmitted').requestId,
      PolicyVersion: '3',
    });
    expect(targets(audit)).toEqual(['Role', 'User', 'Request', 'Directory']);
  });
  it('that was refused is the same activity, failed, with code and message', () =>
    expect(record('RequestRefused')).toMatchObject({
      activityDisplayName: 'Add member to role requested (PIM activation)',
      result: 'failure',
      resultReason:
        'RoleAssignmentRequestPolicyValidationFailed: The following policy rules failed: ["ExpirationRule","JustificationRule"]',
    }));
  it('that the guard refused is found under the same name', () =>
    expect(record('ScheduleChangeRefused', { action: 'selfActivate' })).toMatchObject({
      activityDisplayName: 'Add member to role requested (PIM activation)',
      result: 'failure',
      resultReason: expect.stringMatching(/^InvalidRoleAssignmentRequest: /),
    }));
  it('is put to approvers, approved or denied, with the approver’s reason', () => {
    expect(record('ApprovalOpened')).toMatchObject({
      activityDisplayName: 'Add member to role approval requested (PIM activation)',
      initiatedBy: { user: { id: 'a0000000-0000-4000-8000-000000000004' } },
    });
    expect(record('ApprovalGranted')).toMatchObject({
      activityDisplayName: 'Add member to role request approved (PIM activation)',
      resultReason: 'Confirmed with the SOC',
      initiatedBy: { user: { id: 'a0000000-0000-4000-8000-000000000006' } },
    });
    expect(record('ApprovalDenied')).toMatchObject({
      activityDisplayName: 'Add member to role request denied (PIM activation)',
      result: 'success',
      resultReason: 'Use Security Reader for this',
    });
  });
  it('that an approver narrowed says who did, and to what', () => {
    const audit = record('ApprovalAgreed');
    const { narrowedTo } = dataOf('ApprovalAgreed');
    expect(audit).toMatchObject({ initiatedBy: { user: { id: 'a0000000-0000-4000-8000-000000000006' } } });
    expect(targetIds(audit)?.at(-1)).toBe(narrowedTo);
    expect(details(audit)).toMatchObject({ NarrowedScope: narrowedTo });
  });
  it('that somebody tried to approve or deny for themselves is a failed approval or denial', () => {
    const failed = { result: 'failure', resultReason: 'Authorization_RequestDenied: self-approval' };
    expect(record('ApprovalDecisionRefused', { decision: 'Approve', reason: 'self-approval' })).toMatchObject({
      ...failed,
      activityDisplayName: 'Add member to role request approved (PIM activation)',
    });
    expect(record('ApprovalDecisionRefused', { decision: 'Deny', reason: 'self-approval' })).toMatchObject({
      ...failed,
      activityDisplayName: 'Add member to role request denied (PIM activation)',
    });
  });
  it.each([
    'ApprovalOpened',
    'ApprovalStageOpened',
    'ApprovalGranted',
    'ApprovalDenied',
    'ApprovalDecisionRefused',
    'RequestLapsed',
  ] as const)('is named with its role, person, request and scope by %s too', (type) => {
    const audit = record(type);
    const { requestId, principalId, roleDefinitionId } = dataOf('RequestSubmitted');
    expect(targets(audit)).toEqual(['Role', 'User', 'Request', 'Directory']);
    expect(targetIds(audit)).toEqual([roleDefinitionId, principalId, requestId, '/']);
    expect(details(audit)).toMatchObject({ TemplateId: roleDefinitionId, RoleAssignmentRequestId: requestId });
  });
  it('is completed, canceled, timed out, expired or given back', () => {
    expect(activity('AssignmentGranted')).toBe('Add member to role completed (PIM activation)');
    expect(activity('RequestCanceled')).toBe('Add member to role canceled (PIM activation)');
    expect(activity('RequestLapsed')).toBe('PIM activation request expired');
    expect(activity('AssignmentExpired')).toBe('Remove member from role (PIM activation expired)');
    expect(activity('AssignmentDeactivated')).toBe('Remove member from role completed (PIM deactivate)');
  });
  it('is chained by one id from the request to its end', () => {
    const chain = (['RequestSubmitted', 'ApprovalGranted', 'AssignmentGranted', 'AssignmentExpired'] as const).map(
      (type) => details(record(type))['RoleAssignmentRequestId'],
    );
    expect(new Set(chain)).toEqual(new Set([dataOf('RequestSubmitted').requestId]));
  });
  it('is chained to the request that gives it back, which has an id of its own', () => {
    const returning = { action: 'selfDeactivate', requestId: 'r9', targetScheduleId: 's1' } as const;
    const chained = { RequestId: 'r9', RoleAssignmentRequestId: 's1' };
    expect(details(record('RequestSubmitted', returning))).toMatchObject(chained);
    expect(details(record('AssignmentDeactivated', { requestId: 'r9', scheduleId: 's1' }))).toMatchObject(chained);
    expect(details(record('RequestSubmitted', { ...returning, targetScheduleId: null }))).not.toHaveProperty(
      'RoleAssignmentRequestId',
    );
  });
  it('says from when to when once it is completed', () =>
    expect(details(record('AssignmentGranted'))).toMatchObject({
      StartTime: '2026-03-02T08:40:12.031Z',
      ExpirationTime: '2026-03-02T12:40:12.031Z',
    }));
});

describe('what an administrator asks for', () => {
  const order = (change: Partial<ScheduleOrder>): ScheduleOrder => ({
    ...dataOf('RequestSubmitted').order,
    durationMs: null,
    ...change,
  });
  const permanent = { type: 'noExpiration', endDateTime: null, duration: null } as const;
  const until = { type: 'afterDateTime', endDateTime: '2027-01-01T00:00:00.000Z', duration: null } as const;

  it.each([
    ['eligibility', 'adminAssign', 'Add eligible member to role in PIM requested'],
    ['assignment', 'adminAssign', 'Add member to role in PIM requested'],
    ['eligibility', 'adminRemove', 'Remove eligible member from role in PIM requested'],
    ['assignment', 'adminRemove', 'Remove member from role in PIM requested'],
  ] as const)('%s %s is “%s”, permanent or timebound', (kind, action, name) => {
    const asked = { kind, action };
    expect(activity('RequestSubmitted', { ...asked, order: order({}) })).toBe(`${name} (permanent)`);
    expect(activity('RequestSubmitted', { ...asked, order: order({ durationMs: 1 }) })).toBe(`${name} (timebound)`);
    expect(activity('RequestSubmitted', { ...asked, order: order({ endDateTime: until.endDateTime }) })).toBe(
      `${name} (timebound)`,
    );
    const refused = (expiration: typeof permanent | typeof until) =>
      activity('RequestRefused', { ...asked, schedule: { startDateTime: null, expiration } });
    expect(refused(permanent)).toBe(`${name} (permanent)`);
    expect(refused(until)).toBe(`${name} (timebound)`);
    expect(activity('RequestRefused', { ...asked, schedule: null })).toBe(`${name} (permanent)`);
    expect(activity('ScheduleChangeRefused', asked)).toBe(`${name} (permanent)`);
  });
  it.each([
    ['eligibility', 'selfExtend', 'Update eligible member in PIM requested (extend)'],
    ['assignment', 'adminExtend', 'Update member in PIM requested (extend)'],
    ['eligibility', 'adminRenew', 'Add eligible member to role in PIM requested (renew)'],
    ['assignment', 'selfRenew', 'Add member to role in PIM requested (renew)'],
    ['assignment', 'adminUpdate', 'Process role update request'],
  ] as const)('%s %s is “%s”', (kind, action, name) =>
    expect(activity('RequestSubmitted', { kind, action })).toBe(name),
  );
  it.each([
    ['eligibility', 'selfExtend', 'Update eligible member in PIM canceled (extend)'],
    ['assignment', 'selfExtend', 'Update member in PIM canceled (extend)'],
    ['eligibility', 'selfRenew', 'Add eligible member to role in PIM canceled (renew)'],
    ['assignment', 'adminRenew', 'Add member to role in PIM canceled (renew)'],
    ['assignment', 'adminUpdate', 'Cancel request for role update'],
  ] as const)('%s %s withdrawn is “%s”', (kind, action, name) =>
    expect(activity('RequestCanceled', { kind, action })).toBe(name),
  );
  it('is decided by an administrator, who may not be the one who asked', () => {
    expect(activity('ExtensionApproved')).toBe('Update member in PIM approved by admin (extend/renew)');
    expect(activity('ExtensionDenied')).toBe('Update member in PIM denied by admin (extend/renew)');
    expect(details(record('ExtensionApproved'))).toMatchObject({ PolicyVersion: '3' });
    expect(record('ExtensionDecisionRefused')).toMatchObject({
      activityDisplayName: 'Update member in PIM approved by admin (extend/renew)',
      result: 'failure',
      resultReason: 'self-approval',
    });
  });
  it('names what a schedule with other times was before', () =>
    expect(details(record('EligibilityRescheduled'))).toMatchObject({
      ReplacedRoleAssignmentRequestId: dataOf('EligibilityRescheduled').replaces,
    }));
  it('is completed, permanent or timebound', () => {
    const assigned = { assignmentType: 'Assigned' } as const;
    expect(activity('AssignmentGranted', assigned)).toBe('Add member to role in PIM completed (timebound)');
    expect(activity('AssignmentGranted', { ...assigned, end: null })).toBe(
      'Add member to role in PIM completed (permanent)',
    );
    expect(activity('EligibilityGranted')).toBe('Add eligible member to role in PIM completed (timebound)');
    expect(activity('EligibilityGranted', { end: null })).toBe(
      'Add eligible member to role in PIM completed (permanent)',
    );
    expect(targets(record('EligibilityGranted'))).toEqual(['Role', 'Group', 'Request', 'Directory']);
  });
  it('is canceled under one record, that of the request', () => {
    expect(activity('RequestCanceled', { kind: 'eligibility', action: 'adminAssign' })).toBe(
      'Add eligible member to role in PIM canceled (timebound)',
    );
    expect(activity('RequestCanceled', { action: 'adminAssign' })).toBe(
      'Add member to role in PIM canceled (timebound)',
    );
    expect(activity('RequestCanceled', { action: 'adminRemove' })).toBe('Cancel request for role removal');
    expect(auditRecord(eventOf('AssignmentRemoved', { reason: 'canceled' }), context)).toBeNull();
    expect(auditRecord(eventOf('EligibilityRemoved', { reason: 'canceled' }), context)).toBeNull();
  });
});

describe('what ends', () => {
  const end = '2027-01-01T00:00:00.000Z';

  it.each([
    ['AssignmentRemoved', 'Remove member from role in PIM completed'],
    ['EligibilityRemoved', 'Remove eligible member from role in PIM completed'],
  ] as const)('because an administrator takes it away (%s) is “%s”, permanent or timebound', (type, name) => {
    const taken = { reason: 'admin-removed', assignmentType: 'Assigned' } as const;
    expect(activity(type, { ...taken, end: null })).toBe(`${name} (permanent)`);
    expect(activity(type, { ...taken, end })).toBe(`${name} (timebound)`);
  });
  it.each([null, end])(
    'because the account was disabled is a standing assignment ended by the service (end %s)',
    (end) => {
      const disabled = { reason: 'principal-disabled', requestId: null, end } as const;
      expect(activity('AssignmentRemoved', { ...disabled, assignmentType: 'Assigned' })).toBe(
        'Remove permanent direct role assignment',
      );
      expect(activity('EligibilityRemoved', disabled)).toBe('Remove permanent eligible role assignment');
    },
  );
  it.each(['eligibility-ended', 'principal-disabled'] as const)(
    'because of something else (%s) is, when it was activated, no permanent direct assignment',
    (reason) =>
      expect(activity('AssignmentRemoved', { reason, assignmentType: 'Activated' })).toBe(
        'Remove member from role in PIM completed (timebound)',
      ),
  );
  it('because its time has come is ended by the service', () => {
    expect(activity('AssignmentExpired', { assignmentType: 'Assigned' })).toBe(
      'Remove permanent direct role assignment',
    );
    expect(activity('EligibilityExpired')).toBe('Remove permanent eligible role assignment');
  });
  it('before its time says why, and until when it was agreed', () => {
    const agreed = { ExpirationTime: '2026-03-02T12:40:12.031Z' };
    expect(details(record('AssignmentRemoved'))).toMatchObject({ ...agreed, EndReason: 'eligibility-ended' });
    expect(details(record('AssignmentDeactivated'))).toMatchObject(agreed);
    expect(details(record('EligibilityRemoved', { end }))).toMatchObject({ ExpirationTime: end });
    expect(details(record('EligibilityRemoved', { end: null }))).not.toHaveProperty('ExpirationTime');
  });
  it.each(['AssignmentRemoved', 'AssignmentExpired', 'EligibilityRemoved', 'EligibilityExpired'] as const)(
    'names whose it was by what they are (%s)',
    (type) => {
      const kindOf = (principalType: contracts.PrincipalType) => targets(record(type, { principalType }))[1];
      expect([kindOf('user'), kindOf('group'), kindOf('servicePrincipal')]).toEqual([
        'User',
        'Group',
        'ServicePrincipal',
      ]);
    },
  );
  it('because it was given back names a user', () => expect(targets(record('AssignmentDeactivated'))[1]).toBe('User'));
});

describe('settings, alerts and the directory', () => {
  it('show each changed rule whole, and the version they make', () => {
    const audit = record('PolicyRulesChanged');
    expect(audit.activityDisplayName).toBe('Update role setting in PIM');
    expect(details(audit)).toMatchObject({ PolicyVersion: '3' });
    const rule = audit.targetResources[0]?.modifiedProperties.find(
      ({ displayName }) => displayName === 'Expiration_EndUser_Assignment',
    );
    expect(JSON.parse(rule?.newValue ?? '')).toEqual(dataOf('PolicyRulesChanged').rules[0]);
  });
  it('name alerts', () => {
    expect(activity('AlertTriggered')).toBe('Triggered PIM alert');
    expect(activity('AlertResolved')).toBe('Resolve PIM alert');
    expect(targets(record('AlertTriggered'))).toEqual(['Role', 'User', 'Other']);
  });
  it('name both roles of a pair that must be apart, and who was kept out of a group because of one', () => {
    expect(targets(record('SeparationOfDutyDeclared'))).toEqual(['Role', 'Role', 'Policy']);
    expect(details(record('SeparationOfDutyWithdrawn'))).toMatchObject({
      SeparationOfDuty: 'withdrawn',
      Cause: 'asked',
    });
    expect(record('SeparationOfDutyRefused').result).toBe('failure');
    expect(record('GroupMemberRefused')).toMatchObject({
      activityDisplayName: 'Add member to group',
      result: 'failure',
      resultReason: expect.stringContaining('SeparationOfDutyRule'),
    });
  });
  it.each([
    ['user', 'Add user', 'UserManagement', 'User'],
    ['group', 'Add group', 'GroupManagement', 'Group'],
    ['servicePrincipal', 'Add service principal', 'ApplicationManagement', 'ServicePrincipal'],
  ] as const)('log a new %s as %s', (principalType, name, category, type) => {
    const audit = record('PrincipalRegistered', { principalType });
    expect(audit).toMatchObject({ activityDisplayName: name, category, loggedByService: 'Core Directory' });
    expect(targets(audit)).toEqual([type]);
  });
  it('names who became somebody’s manager, and no other value', () => {
    const { principalId } = dataOf('PrincipalAttributesChanged');
    const change = (changed: Partial<contracts.PrincipalAttributes>) =>
      targetIds(record('PrincipalAttributesChanged', { changed }));
    expect(change({ managerId: 'm-1', jobTitle: 'Operator' })).toEqual([principalId, 'm-1']);
    expect(change({ managerId: null, jobTitle: 'Operator' })).toEqual([principalId]);
  });

  it('log accounts switched off and on, and what was refused', () => {
    expect(activity('PrincipalDisabled')).toBe('Disable account');
    expect(activity('PrincipalEnabled')).toBe('Enable account');
    expect(record('PrincipalDisableRefused')).toMatchObject({
      activityDisplayName: 'Disable account',
      result: 'failure',
      resultReason: expect.stringMatching(/^InvalidRoleAssignmentRequest: /),
    });
  });
});

describe('PIM for Groups', () => {
  const member = { roleDefinitionId: 'member', directoryScopeId: 'g1' } as const;
  it.each(
    types.filter((type) => 'roleDefinitionId' in dataOf(type) && !type.startsWith('Alert') && !type.startsWith('Role')),
  )('%s has one of the literal names in the category of groups, if it has a record', (type) => {
    const audit = auditRecord(
      { ...eventOf(type), data: { ...eventOf(type).data, ...member } } as AuditedEvent,
      context,
    );
    if (!audit) return;
    expect(audit.category).toBe('GroupManagement');
    const names = audit.loggedByService === 'OpenPIM' ? openPimNames : pimNames;
    expect(names.GroupManagement).toContain(audit.activityDisplayName);
  });
  it('names the group it is about, and no role template', () => {
    const audit = record('AssignmentGranted', member);
    expect(targets(audit)).toEqual(['Role', 'User', 'Request', 'Group']);
    expect(details(audit)).not.toHaveProperty('TemplateId');
  });
});
