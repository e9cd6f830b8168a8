import type {
  AssignmentGranted,
  AssignmentRescheduled,
  EligibilityGranted,
  EligibilityRescheduled,
  Instant,
  RoleScheduleEvent,
} from '@pim/contracts';

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

type Rescheduled = EligibilityRescheduled | AssignmentRescheduled;

const isRescheduled = (event: RoleScheduleEvent): event is Rescheduled =>
  event.type === 'EligibilityRescheduled' || event.type === 'AssignmentRescheduled';

/** A schedule that goes on under another id, as the grant of that one. */
const regranted = ({ type, data }: Rescheduled): Told['granted'] =>
  type === 'EligibilityRescheduled'
    ? { type: 'EligibilityGranted', data }
    : {
        type: 'AssignmentGranted',
        data: {
          ...data,
          assignmentType: 'Assigned',
          eligibilityId: null,
          eligibleAt: null,
          memberType: 'Direct',
          origin: 'request',
        },
      };

/** A grant as later events have left it: on another eligibility, or with an earlier end. */
const asItIsNow = (granted: Told['granted'], later: readonly RoleScheduleEvent[]): Told['granted'] =>
  later.reduce<Told['granted']>((now, event) => {
    if (now.type !== 'AssignmentGranted') return now;
    const { scheduleId } = now.data;
    if (event.type === 'AssignmentShortened' && event.data.scheduleId === scheduleId)
      return { ...now, data: { ...now.data, end: event.data.end } };
    if (event.type === 'EligibilityRescheduled' && event.data.activations.includes(scheduleId))
      return { ...now, data: { ...now.data, eligibilityId: event.data.scheduleId } };
    return now;
  }, granted);

const endedBy = (event: RoleScheduleEvent): string | null => {
  if (isRescheduled(event)) return event.data.replaces;
  return endingTypes.includes(event.type) && 'scheduleId' in event.data ? event.data.scheduleId : null;
};

const grantOf = (event: RoleScheduleEvent): Told['granted'] | null => {
  if (event.type === 'EligibilityGranted' || event.type === 'AssignmentGranted') return event;
  return isRescheduled(event) ? regranted(event) : null;
};

/** Every schedule of a history, in the order they were granted, with whatever ended it. */
export const told = (events: readonly RoleScheduleEvent[]): readonly Told[] => {
  const endings = new Map<string, RoleScheduleEvent[]>();
  for (const event of events) {
    const id = endedBy(event);
    if (id !== null) endings.set(id, [...(endings.get(id) ?? []), event]);
  }
  return events.flatMap((event, index) => {
    const granted = grantOf(event);
    if (!granted) return [];
    return {
      granted: asItIsNow(granted, events.slice(index + 1)),
      endings: endings.get(granted.data.scheduleId) ?? [],
    };
  });
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
