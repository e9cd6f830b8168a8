import type { AssignmentGranted, EligibilityGranted, Instant, RoleScheduleEvent } from '@pim/contracts';

/** A schedule as the bare list of events tells it, without any of the code under test. */
export interface Told {
  readonly granted: EligibilityGranted | AssignmentGranted;
  readonly endings: readonly RoleScheduleEvent[];
}

const endingTypes: readonly string[] = [
  'EligibilityRemoved',
  'EligibilityExpired',
  'AssignmentRemoved',
  'AssignmentDeactivated',
  'AssignmentExpired',
];

/** Every schedule of a history, in the order they were granted, with whatever ended it. */
export const told = (events: readonly RoleScheduleEvent[]): readonly Told[] => {
  const endings = new Map<string, RoleScheduleEvent[]>();
  for (const event of events)
    if (endingTypes.includes(event.type) && 'scheduleId' in event.data)
      endings.set(event.data.scheduleId, [...(endings.get(event.data.scheduleId) ?? []), event]);
  return events
    .filter((event) => event.type === 'EligibilityGranted' || event.type === 'AssignmentGranted')
    .map((granted) => ({ granted, endings: endings.get(granted.data.scheduleId) ?? [] }));
};

/** Whether a schedule, as told, is in effect at an instant that is not before its last event. */
export const toldInEffect = ({ granted, endings }: Told, at: Instant): boolean =>
  endings.length === 0 && granted.data.start <= at && (granted.data.end === null || at < granted.data.end);

/** The agreed window of a schedule, as told; undefined when nothing was ever granted under this id. */
export const toldWindow = (
  events: readonly RoleScheduleEvent[],
  scheduleId: string,
): Told['granted']['data'] | undefined =>
  told(events).find(({ granted }) => granted.data.scheduleId === scheduleId)?.granted.data;

export const toldHolder = (events: readonly RoleScheduleEvent[], principalId: string, at: Instant): boolean =>
  told(events).some(
    (one) =>
      one.granted.type === 'AssignmentGranted' && one.granted.data.principalId === principalId && toldInEffect(one, at),
  );
