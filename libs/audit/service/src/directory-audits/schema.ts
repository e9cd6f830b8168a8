import type { EntitySchema } from '@pim/odata';
import { property } from '@pim/platform';

const { text, name, instant } = property;

/** reference §1.12 and Appendix A. */
export const directoryAuditSchema: EntitySchema = {
  name: 'directoryAudit',
  properties: {
    id: text,
    activityDateTime: instant,
    activityDisplayName: name,
    additionalDetails: { type: 'collection', typeName: 'keyValue', of: { key: text, value: text } },
    category: {
      type: 'string',
      enum: ['RoleManagement', 'GroupManagement', 'UserManagement', 'ApplicationManagement', 'AdministrativeUnit'],
    },
    correlationId: text,
    initiatedBy: {
      type: 'complex',
      typeName: 'auditActivityInitiator',
      of: {
        app: {
          type: 'complex',
          typeName: 'appIdentity',
          of: { appId: text, displayName: name, servicePrincipalId: text, servicePrincipalName: name },
        },
        user: {
          type: 'complex',
          typeName: 'userIdentity',
          of: { id: text, displayName: name, ipAddress: text, userPrincipalName: name },
        },
      },
    },
    loggedByService: name,
    operationType: name,
    result: { type: 'string', typeName: 'operationResult', enum: ['success', 'failure', 'timeout'] },
    resultReason: text,
    targetResources: {
      type: 'collection',
      typeName: 'targetResource',
      of: {
        id: text,
        displayName: name,
        groupType: text,
        modifiedProperties: {
          type: 'collection',
          typeName: 'modifiedProperty',
          of: { displayName: text, newValue: text, oldValue: text },
        },
        type: name,
        userPrincipalName: name,
      },
    },
  },
};
