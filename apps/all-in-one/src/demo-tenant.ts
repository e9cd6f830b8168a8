import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BuiltInRole } from '@pim/assignments/service';
import type { SetFirstPolicyRulesCommand } from '@pim/requests/service';

/** The people, applications, groups, eligibilities and settings a newcomer finds (see README). */
export interface DemoTenant {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly users: readonly { id: string; userPrincipalName: string; displayName: string; mail: string }[];
  readonly groups: readonly { id: string; displayName: string; isAssignableToRole: boolean; members: string[] }[];
  readonly servicePrincipals: readonly { id: string; appId: string; displayName: string; appRoles: string[] }[];
  readonly schedules: readonly {
    requestId: string;
    kind: 'assignment' | 'eligibility';
    principalId: string;
    roleDefinitionId: string;
  }[];
  readonly policies: readonly { roleDefinitionId: string; rules: SetFirstPolicyRulesCommand['rules'] }[];
}

/** The repository's data folder, from sources and from `dist` alike. */
const folder = (): string => {
  const parts = __dirname.split('/apps/all-in-one/')[0] ?? '';
  return join(parts.endsWith('/dist') ? join(parts, '..') : parts, 'data');
};

const read = <T>(file: string): T => JSON.parse(readFileSync(join(folder(), file), 'utf8')) as T;

export const readDemoTenant = (): DemoTenant => read('demo-tenant.json');

export const readBuiltInRoles = (): readonly BuiltInRole[] => read('directory-roles.json');
