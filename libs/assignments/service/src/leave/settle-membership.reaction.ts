import { accessIdOf, roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { SettleDepartureCommand } from './settle-departure.handler';

const ends: readonly RoleScheduleEvent['type'][] = [
  'AssignmentRemoved',
  'AssignmentDeactivated',
  'AssignmentExpired',
  'AssignmentRescheduled',
  'AssignmentShortened',
];

/**
 * Somebody whose active membership of a group ended, by PIM for Groups, loses what they activated through it: answers
 * have not counted it since (`DirectoryRoles`), this puts it on record.
 */
export const settleMembership: Reaction<RoleScheduleEvent, SettleDepartureCommand> = {
  name: 'settle-membership',
  source: roleScheduleStream,
  react: ({ type, data }, context) => {
    if (accessIdOf(data.roleDefinitionId) !== 'member' || !ends.includes(type) || !('principalId' in data)) return [];
    return [new SettleDepartureCommand({ groupId: data.directoryScopeId, memberId: data.principalId }, context)];
  },
};
