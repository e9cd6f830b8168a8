import type { ApprovalRule, ApprovalStage, Approver, SubjectSet } from '@pim/contracts';
import {
  count,
  flag,
  listOf,
  member,
  object,
  oneOf,
  placeIn,
  refuseUnknown,
  text,
  type Place,
} from './graph-rule-shape';
import { isGiven, typeOf } from './json-shape';
import { invalidRule } from './policy-check';
import { defaultStage } from './policy-defaults';

const settingMembers = [
  'isApprovalRequired',
  'isApprovalRequiredForExtension',
  'isRequestorJustificationRequired',
  'approvalMode',
  'approvalStages',
];

const stageMembers = Object.keys(defaultStage);

const subjectTypes: Readonly<Record<string, { type: Approver['type']; idMember: string }>> = {
  'microsoft.graph.singleUser': { type: 'singleUser', idMember: 'userId' },
  'microsoft.graph.groupMembers': { type: 'groupMembers', idMember: 'groupId' },
};

/** Ids are kept in lower case, whatever case a client writes GUIDs in. */
const inLowerCase = (id: unknown): unknown => (typeof id === 'string' ? id.toLowerCase() : id);

const descriptionIn = ({ ruleId, path, body }: Place): string | null =>
  member<string | null>(
    { ruleId, path, body: { description: body['description'] ?? undefined } },
    'description',
    null,
    text(1024),
  );

/** Takes both versions' shapes (`id`, or `userId`/`groupId`) wherever they are sent (reference §3.4). */
const readSubject = (place: Place): SubjectSet => {
  const { ruleId, path, body } = place;
  const graphType = typeOf(body) ?? '';
  if (graphType === 'microsoft.graph.requestorManager') {
    const managerLevel = member(place, 'managerLevel', 1, count);
    return { type: 'requestorManager', managerLevel, description: descriptionIn(place) };
  }
  const known = Object.hasOwn(subjectTypes, graphType) ? subjectTypes[graphType] : undefined;
  if (!known)
    throw invalidRule(
      ruleId,
      `${path}@odata.type must be #microsoft.graph.singleUser, #microsoft.graph.groupMembers or #microsoft.graph.requestorManager.`,
    );
  const ids = [body['id'], body[known.idMember]].filter(isGiven).map(inLowerCase);
  const [id] = ids;
  if (typeof id !== 'string' || !/^[\w-]{1,128}$/.test(id) || ids.some((other) => other !== id))
    throw invalidRule(ruleId, `${path}${known.idMember} must be one object id.`);
  return { type: known.type, id, description: descriptionIn(place) };
};

/** The places of a list's items; `null` when the body does not have the list. */
const placesIn = (place: Place, name: string): readonly Place[] | null =>
  member(place, name, null, listOf(object))?.map((body, index) => ({
    ruleId: place.ruleId,
    path: `${place.path}${name}[${index}].`,
    body,
  })) ?? null;

const readStage = (place: Place, stored: ApprovalStage): ApprovalStage => {
  refuseUnknown(place, stageMembers);
  const countOf = (
    name: 'approvalStageTimeOutInDays' | 'escalationTimeInMinutes' | 'requiredApprovals' | 'reminderTimeInMinutes',
  ) => member(place, name, stored[name], count);
  const flagOf = (name: 'isApproverJustificationRequired' | 'isEscalationEnabled') =>
    member(place, name, stored[name], flag);
  const subjectsOf = (name: 'primaryApprovers' | 'escalationApprovers') =>
    placesIn(place, name)?.map(readSubject) ?? stored[name];
  return {
    approvalStageTimeOutInDays: countOf('approvalStageTimeOutInDays'),
    isApproverJustificationRequired: flagOf('isApproverJustificationRequired'),
    escalationTimeInMinutes: countOf('escalationTimeInMinutes'),
    isEscalationEnabled: flagOf('isEscalationEnabled'),
    primaryApprovers: subjectsOf('primaryApprovers'),
    escalationApprovers: subjectsOf('escalationApprovers'),
    requiredApprovals: countOf('requiredApprovals'),
    reminderTimeInMinutes: countOf('reminderTimeInMinutes'),
  };
};

/** Reads `setting`; what it does not say stays as stored. */
export const readApproval = (place: Place, stored: ApprovalRule): ApprovalRule => {
  const setting = placeIn(place, 'setting');
  if (!setting) return stored;
  refuseUnknown(setting, settingMembers);
  const flagOf = (name: 'isApprovalRequired' | 'isApprovalRequiredForExtension' | 'isRequestorJustificationRequired') =>
    member(setting, name, stored[name], flag);
  return {
    type: 'approval',
    id: stored.id,
    isApprovalRequired: flagOf('isApprovalRequired'),
    isApprovalRequiredForExtension: flagOf('isApprovalRequiredForExtension'),
    isRequestorJustificationRequired: flagOf('isRequestorJustificationRequired'),
    approvalMode: member(setting, 'approvalMode', stored.approvalMode, oneOf(['SingleStage', 'Serial', 'NoApproval'])),
    approvalStages:
      placesIn(setting, 'approvalStages')?.map((stage, index) =>
        readStage(stage, stored.approvalStages[index] ?? defaultStage),
      ) ?? stored.approvalStages,
  };
};
