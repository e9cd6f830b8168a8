// Rules of role settings: as Graph writes them, and as a file does.

const subject = '#microsoft.graph.';

const approverInFile = async (approver, names) => {
  const described = approver.description ? { description: approver.description } : {};
  switch (approver['@odata.type'].slice(subject.length)) {
    case 'singleUser':
      return { user: await names.userName(approver.userId), ...described };
    case 'groupMembers':
      return { group: names.groupName(approver.groupId), ...described };
    default:
      return approver;
  }
};

/** Whatever else Graph can name as an approver is written in a file as in Graph. */
const approverInGraph = async (approver, names, where) => {
  const { user, group, description = null } = approver;
  if (user !== undefined)
    return { '@odata.type': `${subject}singleUser`, userId: await names.userId(user, where), description };
  if (group !== undefined)
    return { '@odata.type': `${subject}groupMembers`, groupId: names.groupId(group, where), description };
  return { description, ...approver };
};

/** Each of these lists in a stage names people. */
const lists = ['primaryApprovers', 'escalationApprovers'];

const mapStage = async (stage, map) => {
  const mapped = { ...stage };
  for (const name of lists) if (stage[name]) mapped[name] = await Promise.all(stage[name].map(map));
  return mapped;
};

const mapApprovers = async (content, map) => {
  const stages = content.setting?.approvalStages;
  if (!stages) return content;
  const approvalStages = await Promise.all(stages.map((stage) => mapStage(stage, map)));
  return { ...content, setting: { ...content.setting, approvalStages } };
};

/** Lists that nobody is in are left out where that means the same. */
const withoutEmpty = (content) => {
  const stages = content.setting?.approvalStages;
  if (!stages) return content;
  const approvalStages = stages.map(({ escalationApprovers = [], ...stage }) =>
    escalationApprovers.length === 0 ? stage : { ...stage, escalationApprovers },
  );
  return { ...content, setting: { ...content.setting, approvalStages } };
};

/** What a rule says, without what its id says already; approvers by name. */
export const ruleInFile = async ({ '@odata.type': _type, id: _id, target: _target, ...content }, names) =>
  withoutEmpty(await mapApprovers(content, (approver) => approverInFile(approver, names)));

/** The same with ids; throws for a name that is nobody's. */
export const ruleInGraph = (content, names, where) =>
  mapApprovers(content, (approver) => approverInGraph(approver, names, where));

const mergedSetting = (current, { approvalStages, ...wanted }) => ({
  ...current,
  ...wanted,
  ...(approvalStages
    ? { approvalStages: approvalStages.map((stage, index) => ({ ...current.approvalStages[index], ...stage })) }
    : {}),
});

/** A rule with what is wanted of it, as the server would put them together; what a file does not say stays. */
export const mergedRule = (current, wanted) => ({
  ...current,
  ...wanted,
  ...(wanted.setting ? { setting: mergedSetting(current.setting, wanted.setting) } : {}),
});

const units = { Y: 365 * 86_400, M: 30 * 86_400, W: 7 * 86_400, D: 86_400 };
const timeUnits = { H: 3_600, M: 60, S: 1 };

/** Seconds; the server counts years and months in days as well. */
const secondsOf = (duration) => {
  const [days, time = ''] = duration.slice(1).split('T');
  const sum = (text, sizes) =>
    [...text.matchAll(/([\d.]+)([A-Z])/g)].reduce((total, [, count, unit]) => total + Number(count) * sizes[unit], 0);
  return sum(days, units) + sum(time, timeUnits);
};

const sorted = (value) => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
};

/** Two rules that the server takes for the same have the same text: PT60M is PT1H, demands have no order. */
export const meaningOf = ({ target: _target, ...rule }) =>
  JSON.stringify(
    sorted({
      ...rule,
      ...(rule.maximumDuration ? { maximumDuration: secondsOf(rule.maximumDuration) } : {}),
      ...(rule.enabledRules ? { enabledRules: [...rule.enabledRules].sort() } : {}),
      ...(rule.isEnabled === false ? { claimValue: null } : {}),
    }),
  );

const isNested = (value) => typeof value === 'object' && value !== null;

/** Whether their members can be compared one by one. */
const isAlike = (one, other) =>
  isNested(one) &&
  isNested(other) &&
  Array.isArray(one) === Array.isArray(other) &&
  (!Array.isArray(one) || (one.length === other.length && one.every(isNested)));

/** A line for each member that differs: `Expiration_EndUser_Assignment.maximumDuration: "PT8H" -> "PT4H"`. */
export const differences = (path, before, after) => {
  if (isAlike(before, after))
    return Object.keys(after).flatMap((name) =>
      differences(Array.isArray(after) ? `${path}[${name}]` : `${path}.${name}`, before[name], after[name]),
    );
  const [old, wanted] = [before, after].map((value) => JSON.stringify(value) ?? 'not set');
  return old === wanted ? [] : [`${path}: ${old} -> ${wanted}`];
};
