import type { AlertEvent } from '@pim/contracts';
import { specFor } from '@pim/kernel/spec';
import { lastAdministratorAlertId } from './alert';
import { alert, type AlertCommand } from './alert.decide';

const { given } = specFor(alert);
const roleDefinitionId = '62e90394-69f5-4237-9190-012177145e10';
const alertId = lastAdministratorAlertId(roleDefinitionId);
const now = '2026-03-02T08:00:00.000Z';

const observe = (...holders: string[]): AlertCommand => ({
  type: 'ObserveHolders',
  data: { roleDefinitionId, holders, now },
});
const triggered = (holder: string): AlertEvent => ({
  type: 'AlertTriggered',
  data: { alertId, name: 'LastAdministrator', severity: 'high', roleDefinitionId, holders: [holder], at: now },
});
const resolved: AlertEvent = { type: 'AlertResolved', data: { alertId, at: now } };

describe('the last-administrator alert', () => {
  it('is triggered, severely, when one holder is left', () => given().when(observe('ada')).then(triggered('ada')));
  it('counts a person once, however many assignments they have', () =>
    given().when(observe('ada', 'ada')).then(triggered('ada')));
  it('is silent while two or more hold the role', () => given().when(observe('ada', 'bob')).thenNothing());
  it('is silent about a role nobody was given', () => {
    given().when(observe()).thenNothing();
    given(triggered('ada')).when(observe()).thenNothing();
  });
  it('is not triggered again when the one left is somebody else', () =>
    given(triggered('ada')).when(observe('bob')).thenNothing());
  it('is resolved when there are two again', () => given(triggered('ada')).when(observe('ada', 'bob')).then(resolved));
  it('is resolved once', () =>
    given(triggered('ada'), resolved)
      .when(observe('ada', 'bob', 'eve'))
      .thenNothing());
  it('comes back when one is left again', () =>
    given(triggered('ada'), resolved).when(observe('bob')).then(triggered('bob')));
  it('is one alert per role', () => expect(lastAdministratorAlertId('a')).not.toBe(lastAdministratorAlertId('b')));
});
