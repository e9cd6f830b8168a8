import type { Clock, Documents, Filter } from '@pim/engine';
import type { Expander } from '@pim/platform';
import type { RequestDocument } from './requests.projection';

/**
 * Where the schedules are: read models of the assignments context, by name; whoever serves requests keeps them as well. An
 * expansion is an answer to a reader, never the ground of a decision.
 */
export const assignmentSchedules = 'assignments.assignments';
export const eligibilitySchedules = 'assignments.eligibilities';

interface Schedule {
  readonly id: string;
  /** Assignments only: what they were activated from. */
  readonly eligibilityId?: string | null;
}

type Find = (collection: string, ids: readonly (string | null)[]) => Promise<readonly (Schedule | null)[]>;

/** Those that are not over: evaluated at the question, whatever the scheduler has recorded so far (ADR 0008). */
const finder =
  (documents: Documents, clock: Clock): Find =>
  async (collection, ids) => {
    const wanted = [...new Set(ids.filter((id) => id !== null))];
    const notEnded: Filter = { $or: [{ endDateTime: null }, { endDateTime: { $gt: clock.now() } }] };
    const filter = { $and: [{ id: { $in: wanted } }, notEnded] };
    const found = await documents.find<Schedule>(collection, { filter });
    const byId = new Map(found.map((schedule) => [schedule.id, schedule]));
    return ids.map((id) => (id === null ? null : (byId.get(id) ?? null)));
  };

/** The expansions of requests that lead to schedules (reference §1.3); null for one that is over, or never was. */
export const scheduleExpanders = (documents: Documents, clock: Clock) => {
  const find = finder(documents, clock);
  const targetIn =
    (collection: string): Expander =>
    (page) =>
      find(
        collection,
        (page as readonly RequestDocument[]).map(({ targetScheduleId }) => targetScheduleId),
      );
  const activatedUsing: Expander = async (page) => {
    const activations = (page as readonly RequestDocument[]).map(({ id, action }) =>
      action === 'selfActivate' ? id : null,
    );
    const made = await find(assignmentSchedules, activations);
    return find(
      eligibilitySchedules,
      made.map((assignment) => assignment?.eligibilityId ?? null),
    );
  };
  return {
    targetAssignment: targetIn(assignmentSchedules),
    targetEligibility: targetIn(eligibilitySchedules),
    activatedUsing,
  };
};
