import type { Row } from '../row';

const unserved = (section: string, says: string, path: string, missing: string): Row => ({
  section,
  says,
  ask: `GET ${path}`,
  answer: { status: 404, code: 'Request_ResourceNotFound' },
  missing,
});

const provider = 'Directory roles and groups are the only providers.';
const alerts = '/beta/identityGovernance/roleManagementAlerts';

/** What Graph has around PIM and this server has not. */
export const notServed: readonly Row[] = [
  unserved('1.1', 'roles of entitlement catalogues', 'roleManagement/entitlementManagement/roleDefinitions', provider),
  unserved('1.1', 'roles of device management', '/beta/roleManagement/deviceManagement/roleDefinitions', provider),
  unserved('1.10', 'definitions of alerts', `${alerts}/alertDefinitions`, 'Comes with alerting.'),
  unserved('1.10', 'configurations of alerts', `${alerts}/alertConfigurations`, 'Comes with alerting.'),
  unserved('1.11', 'access reviews', 'identityGovernance/accessReviews/definitions', 'There are none yet.'),
  unserved('1.14', 'the second iteration of PIM', '/beta/privilegedAccess/aadRoles', 'Microsoft retires it.'),
  unserved(
    '1.15',
    'custom extensions',
    '/beta/identityGovernance/privilegedAccess/customExtensions',
    'A preview of Microsoft’s.',
  ),
];
