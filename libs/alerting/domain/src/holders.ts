import type { AssignmentGranted, AssignmentRescheduled, Instant, RoleScheduleEvent } from '@pim/contracts';
import { PersistentMap, type View } from '@pim/kernel';

interface Holding {
  readonly principalId: string;
  readonly start: Instant;
}

/** Permanent standing assignments of users, those still to start included, by schedule id. */
export type Holders = PersistentMap<Holding>;

type Counted = Pick<AssignmentGranted['data'], 'assignmentType' | 'principalType' | 'end'>;

const counts = ({ assignmentType, principalType, end }: Counted): boolean =>
  assignmentType === 'Assigned' && principalType === 'user' && end === null;

/** Only standing assignments are given other times. */
const reschedule = (state: Holders, data: AssignmentRescheduled['data']): Holders => {
  const { principalId, start, scheduleId, replaces } = data;
  const rest = state.without(replaces);
  return counts({ ...data, assignmentType: 'Assigned' }) ? rest.with(scheduleId, { principalId, start }) : rest;
};

const evolve = (state: Holders, { type, data }: RoleScheduleEvent): Holders => {
  switch (type) {
    case 'AssignmentGranted':
      return counts(data) ? state.with(data.scheduleId, { principalId: data.principalId, start: data.start }) : state;
    case 'AssignmentRescheduled':
      return reschedule(state, data);
    case 'AssignmentRemoved':
    case 'AssignmentDeactivated':
    case 'AssignmentExpired':
      return state.without(data.scheduleId);
    default:
      // Eligibilities, starts, refusals and bars change nothing about who holds the role permanently.
      return state;
  }
};

/** What a guard stream `roleSchedule-<role>@<scope>` means to alerting: who keeps the role for good. */
export const holders: View<Holders, RoleScheduleEvent> = { initial: PersistentMap.empty(), evolve };

/** The users who hold the role permanently at an instant, each once, in the order of their ids. Costs their number. */
export const permanentHolders = (state: Holders, now: Instant): readonly string[] => {
  const started = [...state.values()].filter(({ start }) => start <= now);
  return [...new Set(started.map(({ principalId }) => principalId))].sort();
};
