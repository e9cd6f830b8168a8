import type { Context } from '@pim/platform';
import { AuditModule } from './audit.module';
import { directoryAudits } from './directory-audits/directory-audits.projection';
import { namedPrincipals, namedRoles } from './directory-audits/names.projection';
import { directoryAuditSchema } from './directory-audits/schema';

/** Remembers everything and records nothing: the trail is the log itself, read here in Graph's shape. */
export const audit: Context = {
  name: 'audit',
  module: AuditModule,
  sets: [{ path: 'auditLogs/directoryAudits', schema: directoryAuditSchema }],
  streams: [],
  projections: () => [namedPrincipals, namedRoles, directoryAudits],
  reactions: [],
  deadlines: [],
};
