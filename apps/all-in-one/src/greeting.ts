import type { Env } from '@pim/platform';
import { readDemoTenant } from './demo-tenant';

const userAdministrator = 'fe930be7-5e62-47db-91af-98c3a49a38b1';

/** What a newcomer reads: the address, how to get a token, and the three requests to send first, ready to paste. */
export const greeting = (address: string, env: Env): string =>
  env.development ? welcome(address, env) : `OpenPIM is ready at ${address}.`;

/** Everybody who reaches the development issuer can become anybody. */
const exposure = ({ host }: Env): string =>
  ['127.0.0.1', '::1', 'localhost'].includes(host)
    ? ''
    : `\nWARNING: it listens on ${host}. In development mode anybody who can reach it can sign in as anybody.\n`;

/** The token command finds the server's port and data by the same variables, where they are not the defaults. */
const settings = ({ port, dataFolder }: Env): string =>
  `${port === 8080 ? '' : `PORT=${port} `}${dataFolder === '.data' ? '' : `OPENPIM_DATA=${dataFolder} `}`;

const welcome = (address: string, env: Env): string => {
  const erin = readDemoTenant().users.find(({ userPrincipalName }) => userPrincipalName.startsWith('erin@'))?.id;
  const directory = `${address}/v1.0/roleManagement/directory`;
  const body = {
    action: 'selfActivate',
    principalId: erin,
    roleDefinitionId: userAdministrator,
    directoryScopeId: '/',
    justification: 'Reset a locked account',
    scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
  };
  return `
OpenPIM is ready at ${address} (DEVELOPMENT MODE: demo tenant contoso.example and a built-in token issuer; data in ${env.dataFolder})
${exposure(env)}
Get a token for a demo user (ada, paul, sam, erin, frank, alice, bob, grace, heidi):

  TOKEN=$(${settings(env)}npx pim token erin --mfa)

1. What may Erin activate?

  curl -s -H "Authorization: Bearer $TOKEN" "${directory}/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')?\\$expand=roleDefinition(\\$select=displayName)"

2. Activate User Administrator for one hour:

  curl -s -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" ${directory}/roleAssignmentScheduleRequests -d '${JSON.stringify(body)}'

3. What does she hold now?

  curl -s -H "Authorization: Bearer $TOKEN" "${directory}/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')"

Stop with Ctrl-C.`;
};
