import { createDevIssuer, type DevIssuer } from '@pim/adapters/dev-issuer';
import { delegatedScopes } from '@pim/platform';
import { readDemoTenant } from './demo-tenant';

/** The development issuer of the demo tenant: its keys are in this folder, and clients call the server by this URL. */
export const demoIssuer = (folder: string, url: string, onError?: (error: unknown) => void): Promise<DevIssuer> => {
  const { users, servicePrincipals } = readDemoTenant();
  return createDevIssuer({
    folder,
    issuer: `${url}/idp`,
    users,
    applications: servicePrincipals,
    scopes: delegatedScopes(),
    ...(onError ? { onError } : {}),
  });
};
