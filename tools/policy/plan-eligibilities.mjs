// Who is to become eligible for what, until another time, or no longer.
import { mapAtOnce } from './graph.mjs';
import { targetKey } from './tenant.mjs';

const ofRole = 'roleManagement/directory/roleEligibilityScheduleRequests';
const ofGroup = 'identityGovernance/privilegedAccess/group/eligibilityScheduleRequests';

const sameInstant = (one, other) => (one ? Date.parse(one) : null) === (other ? Date.parse(other) : null);
const isFuture = (instant, now) => Boolean(instant) && Date.parse(instant) > now;

/** When it is to start matters as long as it has not. */
const startOf = ({ start }, now) => (isFuture(start, now) ? start : null);

const scheduleInfo = (wanted, now) => ({
  startDateTime: startOf(wanted, now),
  expiration: wanted.end ? { type: 'afterDateTime', endDateTime: wanted.end } : { type: 'noExpiration' },
});

const timesOf = ({ start, end }) => `${start ? `from ${start}, ` : ''}${end ? `until ${end}` : 'without end'}`;

/** One schedule request; the role's id is looked up when it is sent, because the role may be made just before. */
const asking = (action, { target, scope, principalId }, { tenant, reason }) => {
  const { groupId, access, idNow } = target;
  const justification = `Policy as code: ${reason}`;
  const about = () =>
    groupId ? { groupId, accessId: access } : { roleDefinitionId: idNow(), directoryScopeId: scope };
  return (more) => {
    const body = { action, principalId, justification, ...about(), ...more };
    return tenant.graph.send('POST', groupId ? ofGroup : ofRole, body);
  };
};

const titleOf = (sign, { target, scope, name }) =>
  `${sign} eligibility of ${name} for ${target.name}${scope === '/' ? '' : ` at ${scope}`}`;

const grant = (wanted, context) => {
  if (wanted.end && !isFuture(wanted.end, context.now)) return [];
  const send = asking('adminAssign', wanted, context);
  const make = () => send({ scheduleInfo: scheduleInfo(wanted, context.now) });
  return [{ title: titleOf('+', wanted), details: [timesOf(wanted)], make }];
};

const update = (current, wanted, context) => {
  const startsAsWanted = sameInstant(startOf(wanted, context.now), startOf(current, context.now));
  if (startsAsWanted && sameInstant(wanted.end, current.end)) return [];
  const send = asking('adminUpdate', wanted, context);
  const make = () => send({ targetScheduleId: current.scheduleId, scheduleInfo: scheduleInfo(wanted, context.now) });
  return [{ title: titleOf('~', wanted), details: [`${timesOf(current)} -> ${timesOf(wanted)}`], make }];
};

const removal = async (current, context) => {
  const { names } = context.tenant;
  const { roleId, groupId, access } = current.target;
  const target = groupId
    ? { groupId, access, name: `${access}s of ${names.groupName(groupId)}` }
    : { name: names.roleName(roleId), idNow: () => roleId };
  const name =
    current.principalType === 'group'
      ? names.groupName(current.principalId)
      : await names.userName(current.principalId);
  const send = asking('adminRemove', { ...current, target }, context);
  const make = () => send({ targetScheduleId: current.scheduleId });
  return { title: titleOf('-', { ...current, target, name }), details: [timesOf(current)], make };
};

const keyOf = (target, scope, principalId) => [target, scope, principalId].join(' ');

const resolve = async ([index, one], { tenant: { names }, target }) => {
  const where = `eligibilities[${index}]`;
  const { principal, scope = '/', start, end } = one;
  const found = target(one, where);
  const principalId =
    principal.group === undefined ? await names.userId(principal.user, where) : names.groupId(principal.group, where);
  const name = principal.group ?? principal.user;
  return { target: found, scope, principalId, name, start, end, where, key: keyOf(found.key, scope, principalId) };
};

const once = (wanted) => {
  const keys = new Set();
  for (const { key, where } of wanted) {
    if (keys.has(key)) throw new Error(`${where}: this eligibility is there already.`);
    keys.add(key);
  }
};

/** `prune`: also takes away every eligibility that the file does not name. */
export const planEligibilities = async (asked, context) => {
  const { tenant, target, prune } = context;
  if (asked.length === 0 && !prune) return [];
  const groups = asked.flatMap((one, index) => target(one, `eligibilities[${index}]`).groupId ?? []);
  const existing = await tenant.eligibilities(prune ? tenant.groupIds : [...new Set(groups)]);
  const current = new Map(existing.map((one) => [keyOf(targetKey(one.target), one.scope, one.principalId), one]));
  const wanted = await mapAtOnce([...asked.entries()], (entry) => resolve(entry, context));
  once(wanted);
  const changes = wanted.flatMap((one) => {
    const found = current.get(one.key);
    return found ? update(found, one, context) : grant(one, context);
  });
  if (!prune) return changes;
  const named = new Set(wanted.map(({ key }) => key));
  const others = [...current].flatMap(([key, one]) => (named.has(key) ? [] : [one]));
  return [...changes, ...(await mapAtOnce(others, (one) => removal(one, context)))];
};
