import {
  accessIdOf,
  roleScheduleStream,
  type EffectiveRole,
  type EffectiveRoles,
  type RoleScheduleEvent,
} from '@pim/contracts';
import type { StateFeed } from '@pim/engine';
import { ofRoles } from '@pim/platform';
import { assignmentDocuments, type AssignmentDocument } from './assignment-documents.projection';

const effectiveRole = (document: AssignmentDocument): EffectiveRole => ({
  id: document.instanceId,
  roleDefinitionId: document.roleDefinitionId,
  directoryScopeId: document.directoryScopeId,
  assignmentType: document.assignmentType,
  memberType: document.memberType,
  startDateTime: document.startDateTime,
  endDateTime: document.endDateTime,
});

/**
 * Which roles somebody holds, and until when. One granted for later is told when its start is on record: whoever is cut
 * off must not open a door by what was once planned. Relationships to groups are not in it.
 */
export const effectiveRoles: StateFeed<RoleScheduleEvent> = {
  name: 'effective-roles',
  source: roleScheduleStream,
  keys: (event) =>
    event.type.startsWith('Assignment') && 'principalId' in event.data && !accessIdOf(event.data.roleDefinitionId)
      ? [event.data.principalId]
      : [],
  read: async (documents, principalId): Promise<EffectiveRoles | null> => {
    const filter = { $and: [{ principalId, status: 'Provisioned' }, ofRoles] };
    const held = await documents.find<AssignmentDocument>(assignmentDocuments.collection, { filter });
    return held.length > 0 ? { principalId, roles: held.map(effectiveRole) } : null;
  },
};
