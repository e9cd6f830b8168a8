import { accessIdOf, policyStream, type PolicyEvent, type ScheduleOrder } from '@pim/contracts';
import type { Journal, StreamView } from '@pim/engine';

/** How far the stream is tells enough. */
const policies: StreamView<null, PolicyEvent> = {
  stream: policyStream,
  view: { initial: null, evolve: () => null },
};

/** The stream of the settings that govern a role, or a group's members or owners. */
export const policyStreamId = ({
  roleDefinitionId,
  directoryScopeId,
}: Pick<ScheduleOrder, 'roleDefinitionId' | 'directoryScopeId'>): string =>
  accessIdOf(roleDefinitionId) === null ? roleDefinitionId : `${directoryScopeId}_${roleDefinitionId}`;

/** How often those settings were changed, in any way. Tells one state of them from another. */
export const policyRevision = async (
  journal: Journal,
  role: Pick<ScheduleOrder, 'roleDefinitionId' | 'directoryScopeId'>,
): Promise<number> => (await journal.load(policies, policyStreamId(role))).revision + 1;
