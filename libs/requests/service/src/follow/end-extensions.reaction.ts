import { roleScheduleStream, type RoleScheduleEvent } from '@pim/contracts';
import type { Reaction } from '@pim/engine';
import { EndExtensionsCommand } from './end-extensions.handler';

/** An extension that waits for an administrator goes with what it would extend; a renewal may be asked for then. */
export const endExtensions: Reaction<RoleScheduleEvent, EndExtensionsCommand> = {
  name: 'end-extensions',
  source: roleScheduleStream,
  react: (event, context) => {
    switch (event.type) {
      case 'EligibilityRemoved':
      case 'EligibilityExpired':
        return [new EndExtensionsCommand('eligibility', event.data, context)];
      case 'AssignmentRemoved':
      case 'AssignmentExpired':
        return event.data.assignmentType === 'Assigned'
          ? [new EndExtensionsCommand('assignment', event.data, context)]
          : [];
      default:
        return [];
    }
  },
};
