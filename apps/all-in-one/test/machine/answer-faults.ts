import type { ApprovalAgreed, ApprovalDenied, ApprovalGranted, ApprovalOpened, ScheduleOrder } from '@pim/contracts';
import { canonicalJson } from '@pim/kernel';
import type { Note } from './calls';
import { administrators } from './people';
import { ofType, streamOf, type Told } from './told';

type Answer = Told<ApprovalAgreed | ApprovalDenied | ApprovalGranted>;
type Opened = Told<ApprovalOpened>;

/** What is known of an answer that counted. */
interface Counted {
  readonly log: readonly Told[];
  readonly opened: Opened;
  readonly answer: Answer;
  readonly note: Note;
}

const peopleOf = ({ data: { by, onBehalfOf } }: Answer): readonly string[] =>
  onBehalfOf === null ? [by.id] : [by.id, onBehalfOf];

/** Who wrote the rules, as they stood, that the request was judged by: here no others are ever changed. */
const authorsOf = (log: readonly Told[], { data: { approvalId } }: Opened): readonly string[] => {
  const [submitted] = ofType(streamOf(log, 'request', approvalId), 'RequestSubmitted');
  const changes = ofType(log, 'PolicyRulesChanged')
    .filter(({ data }) => data.version <= (submitted?.data.policyVersion ?? 0))
    .flatMap(({ data: { rules, by } }) => rules.map(({ id }) => [id, by.id] as const));
  // Of several changes of a rule the last one is how it stands.
  return [...new Map(changes).values()];
};

const barredBy = (log: readonly Told[], opened: Opened): readonly string[] => {
  const { principalId, actor } = opened.data.order;
  return [principalId, actor.id, ...authorsOf(log, opened)];
};

const selfFaults = ({ log, opened, answer }: Counted): readonly string[] =>
  peopleOf(answer)
    .filter((id) => barredBy(log, opened).includes(id))
    .map((id) => `${id} is behind an answer, and is part of it`);

/** When a stage began to be asked, when it ends, and when it escalates. */
const stageTimes = (log: readonly Told[], { data: { approvalId, terms, at } }: Opened, stage: number) => {
  const later = ofType(streamOf(log, 'approval', approvalId), 'ApprovalStageOpened');
  const begun = later.find(({ data }) => data.stage === stage)?.data;
  if (stage !== 1) return { begins: begun?.at, deadline: begun?.deadline, escalatesAt: begun?.escalatesAt };
  const escalation = terms.stages[0]?.escalation;
  const escalatesAt = escalation ? new Date(Date.parse(at) + escalation.afterMs).toISOString() : null;
  return { begins: at, deadline: terms.deadline, escalatesAt };
};

const timeFaults = ({ log, opened, answer }: Counted): readonly string[] => {
  const { at, stage } = answer.data;
  const { begins, deadline } = stageTimes(log, opened, stage);
  const isAsked = begins !== undefined && deadline !== undefined && begins <= at && at < deadline;
  return isAsked ? [] : [`an answer came at ${at}, outside its stage, which is from ${begins} to ${deadline}`];
};

/** Those who are named, at the latest moment at which the answer was under way. */
const namedFor = ({ log, opened, answer }: Counted): readonly string[] => {
  const { stage, at } = answer.data;
  const terms = opened.data.terms.stages[stage - 1];
  const { escalatesAt } = stageTimes(log, opened, stage);
  const escalation = escalatesAt && escalatesAt <= at ? terms?.escalation?.approvers : [];
  return [...(terms?.approvers ?? []), ...(escalation ?? [])].map(({ id }) => id);
};

const isOff = (before: readonly Told[], id: string): boolean =>
  ofType(streamOf(before, 'principal', id), 'PrincipalDisabled', 'PrincipalEnabled').at(-1)?.type ===
  'PrincipalDisabled';

/** Whether those who are named could not bring the stage to its end, at some moment while the answer was under way. */
const wereGone = (counted: Counted): boolean => {
  const { log, opened, answer, note } = counted;
  const { stage, approvalId } = answer.data;
  const terms = opened.data.terms.stages[stage - 1];
  const moments = Array.from({ length: answer.index - note.from + 1 }, (_, n) => log.slice(0, note.from + n));
  return moments.some((before) => {
    const agreed = ofType(streamOf(before, 'approval', approvalId), 'ApprovalAgreed');
    const barred = [...barredBy(log, opened), ...agreed.flatMap(peopleOf)];
    const able = namedFor(counted).filter((id) => !barred.includes(id) && !isOff(before, id));
    const missing = (terms?.requiredApprovals ?? 1) - agreed.filter(({ data }) => data.stage === stage).length;
    return new Set(able).size < missing;
  });
};

const hasFallenBack = ({ log, answer: { data, index } }: Counted): boolean =>
  ofType(streamOf(log.slice(0, index), 'approval', data.approvalId), 'ApprovalFellBack').some(
    (event) => event.data.stage === data.stage,
  );

const mayDecide = (counted: Counted, id: string): boolean => {
  const { answer, opened } = counted;
  if (namedFor(counted).includes(id)) return true;
  const isNobodyNamed = opened.data.terms.stages[answer.data.stage - 1]?.approvers.length === 0;
  if (!administrators.some((one) => one === id)) return false;
  return isNobodyNamed || hasFallenBack(counted) || wereGone(counted);
};

/** Whether somebody stood in for somebody at some moment while the answer was under way. */
const stoodIn = ({ log, answer, note }: Counted, delegatorId: string): boolean => {
  const events = streamOf(log, 'delegation', delegatorId);
  const ended = ofType(events, 'DelegationEnded').filter(({ index }) => index < note.from);
  return ofType(events, 'DelegationStarted')
    .filter(({ index, data }) => index < answer.index && data.delegateId === answer.data.by.id)
    .filter(({ data }) => !ended.some((one) => one.data.delegationId === data.delegationId))
    .some(({ data }) => data.start <= answer.data.at && note.since < data.end);
};

const rightFaults = (counted: Counted): readonly string[] => {
  const { by, onBehalfOf } = counted.answer.data;
  if (!mayDecide(counted, onBehalfOf ?? by.id)) return [`${onBehalfOf ?? by.id} may not decide, and it counted`];
  return onBehalfOf === null || stoodIn(counted, onBehalfOf) ? [] : [`${by.id} does not stand in for ${onBehalfOf}`];
};

/** The order as it was when an answer came to be recorded. */
const orderBefore = ({ log, opened, answer }: Counted): ScheduleOrder => {
  const before = streamOf(log.slice(0, answer.index), 'approval', opened.data.approvalId);
  return ofType(before, 'ApprovalAgreed').at(-1)?.data.order ?? { ...opened.data.order, narrowedFrom: null };
};

/** An answer that carries a digest counts only if nothing was other than it was shown. */
const digestFaults = (counted: Counted): readonly string[] => {
  const { log, opened, answer, note } = counted;
  const { shown, from } = note;
  if (!shown) return [];
  const changes = ofType(log, 'PolicyRulesChanged');
  const settingsAt = (moment: number) => changes.filter(({ index }) => index < moment).length;
  const { terms, approvalId } = opened.data;
  const isSame =
    canonicalJson({ order: orderBefore(counted), terms }) === canonicalJson({ order: shown.order, terms: shown.terms });
  const isCurrent = settingsAt(from) <= shown.settings && shown.settings <= settingsAt(answer.index);
  return isSame && isCurrent ? [] : [`an answer to ${approvalId} counted that was about something else`];
};

/** As many people as each stage asks for, each of them once in all of it. */
const quorumFaults = (opened: Opened, answers: readonly Answer[]): readonly string[] => {
  const yes = answers.filter(({ type }) => type !== 'ApprovalDenied');
  const people = yes.flatMap(peopleOf);
  const { approvalId, terms } = opened.data;
  const said = terms.stages.map((_, n) => yes.filter(({ data }) => data.stage === n + 1).length);
  const needed = terms.stages.map(({ requiredApprovals }) => requiredApprovals);
  const isGranted = yes.some(({ type }) => type === 'ApprovalGranted');
  return [
    ...(new Set(people).size === people.length ? [] : [`somebody counted twice for ${approvalId}: ${people}`]),
    ...(isGranted && String(said) !== String(needed) ? [`${approvalId} needed ${needed} and had ${said}`] : []),
    ...(said.every((count, n) => count <= (needed[n] ?? 0)) ? [] : [`${approvalId} had ${said}, more than ${needed}`]),
  ];
};

const faultsIn = (log: readonly Told[], notes: ReadonlyMap<string, Note>, opened: Opened): readonly string[] => {
  const events = streamOf(log, 'approval', opened.data.approvalId);
  const answers = ofType(events, 'ApprovalAgreed', 'ApprovalDenied', 'ApprovalGranted');
  const each = answers.flatMap((answer) => {
    const note = notes.get(answer.id);
    if (!note) return [`nobody gave the answer ${answer.id}`];
    const counted = { log, opened, answer, note };
    return [selfFaults, timeFaults, rightFaults, digestFaults].flatMap((faults) => faults(counted));
  });
  const early = ofType(events, 'ApprovalLapsed').filter(({ data, recordedAt }) => recordedAt < data.at);
  return [...each, ...quorumFaults(opened, answers), ...early.map(() => `${opened.data.approvalId} lapsed too early`)];
};

/** Every answer that counted was given by somebody who might, in time, about what they saw; and there were enough. */
export const answerFaults = (log: readonly Told[], notes: ReadonlyMap<string, Note>): readonly string[] =>
  ofType(log, 'ApprovalOpened').flatMap((opened) => faultsIn(log, notes, opened));
