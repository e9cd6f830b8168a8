import type { AssignmentGranted, EligibilityRemoved, ScheduleOrder } from '@pim/contracts';
import { ofType, streamOf, type Told } from './told';

type Grant = Told<AssignmentGranted>;

const isUp = (end: string | null, at: string): boolean => end !== null && end <= at;

/** An activation rests on an eligibility that is there, and never outlasts it. */
const groundFaults = (log: readonly Told[], { data, index }: Grant): readonly string[] => {
  const before = log.slice(0, index);
  const eligibility = ofType(before, 'EligibilityGranted').find((one) => one.data.scheduleId === data.eligibilityId);
  const isGone = ofType(before, 'EligibilityRemoved').some((one) => one.data.scheduleId === data.eligibilityId);
  if (!eligibility || isGone) return [`${data.scheduleId} was given without an eligibility`];
  const { principalId, start, end } = eligibility.data;
  const isWithin = start <= data.start && (end === null || (data.end !== null && data.end <= end));
  return principalId === data.principalId && isWithin ? [] : [`${data.scheduleId} is not within its eligibility`];
};

/** Whether a grant gives no more than an order says. */
const isAsOrdered = ({ start, end }: Grant['data'], { durationMs, endDateTime }: ScheduleOrder): boolean =>
  end !== null &&
  (durationMs === null || Date.parse(end) - Date.parse(start) <= durationMs) &&
  (endDateTime === null || end <= endDateTime);

/** Who needed a yes had it, and got no more than was asked for and agreed to. */
const consentFaults = (log: readonly Told[], { data, index }: Grant): readonly string[] => {
  const { scheduleId: id } = data;
  const [submitted] = ofType(streamOf(log, 'request', id), 'RequestSubmitted');
  const [granted] = ofType(streamOf(log.slice(0, index), 'approval', id), 'ApprovalGranted');
  if (!submitted) return [`nobody asked for ${id}`];
  if (submitted.data.approval && !granted) return [`${id} was given without a yes`];
  const orders = [submitted.data.order, ...(granted ? [granted.data.order] : [])];
  return orders.every((order) => isAsOrdered(data, order)) ? [] : [`${id} is more than was agreed to`];
};

/** When something ended, at the latest; null: it never did. */
const endedAt = (log: readonly Told[], scheduleId: string, end: string | null): string | null => {
  const endings = ofType(log, 'AssignmentRemoved', 'AssignmentDeactivated');
  return endings.find(({ data }) => data.scheduleId === scheduleId)?.data.at ?? end;
};

const lostFaults = (log: readonly Told[], { data: lost, recordedAt }: Told<EligibilityRemoved>): readonly string[] =>
  ofType(log, 'AssignmentGranted')
    .filter(({ data }) => data.eligibilityId === lost.scheduleId)
    .filter(({ data }) => !isUp(endedAt(log, data.scheduleId, data.end), recordedAt))
    .map(({ data }) => `${data.scheduleId} outlived its eligibility`);

/** Nobody has a role twice at once by activating it. */
const doubleFaults = (log: readonly Told[]): readonly string[] =>
  ofType(log, 'AssignmentGranted').flatMap(({ data, index, recordedAt }) =>
    ofType(log.slice(0, index), 'AssignmentGranted')
      .filter(({ data: other }) => other.principalId === data.principalId)
      .filter(({ data: other }) => !isUp(endedAt(log.slice(0, index), other.scheduleId, other.end), recordedAt))
      .map(({ data: other }) => `${data.scheduleId} was given beside ${other.scheduleId}`),
  );

/** No role is given without an eligibility and the yes it needs; nothing stays of it when the eligibility is taken away. */
export const grantFaults = (log: readonly Told[]): readonly string[] => [
  ...ofType(log, 'AssignmentGranted').flatMap((grant) => [...groundFaults(log, grant), ...consentFaults(log, grant)]),
  ...ofType(log, 'EligibilityRemoved').flatMap((lost) => lostFaults(log, lost)),
  ...doubleFaults(log),
];
