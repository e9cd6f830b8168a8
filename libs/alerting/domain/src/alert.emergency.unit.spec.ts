import type { AlertEvent } from '@pim/contracts';
import { specFor } from '@pim/kernel/spec';
import { alert, type AlertCommand } from './alert.decide';

const { given } = specFor(alert);
const alertId = 'EmergencyAccess_r1';
const now = '2026-03-02T08:00:00.000Z';

const data = { requestId: 'r1', roleDefinitionId: 'helpdesk', principalId: 'erin', now };
const report: AlertCommand = { type: 'ReportEmergency', data };
const review: AlertCommand = { type: 'ReportReview', data };
const triggered: AlertEvent = {
  type: 'AlertTriggered',
  data: {
    alertId,
    name: 'EmergencyAccess',
    severity: 'high',
    roleDefinitionId: 'helpdesk',
    holders: ['erin'],
    at: now,
  },
};
const resolved: AlertEvent = { type: 'AlertResolved', data: { alertId, at: now } };

describe('the alert about emergency access', () => {
  it('is triggered once, severely', () => given().when(report).then(triggered));
  it('is resolved when somebody reviewed it, once', () => given(triggered).when(review).then(resolved));
  it('is there even when the review is heard of first', () => given().when(review).then(triggered, resolved));
  it('stays resolved when the emergency is heard of again', () =>
    given(triggered, resolved).when(report).thenNothing());
});
