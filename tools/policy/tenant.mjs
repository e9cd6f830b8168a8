// What a deployment has now, as far as policy files speak of it.
import { asking, graphAt, mapAtOnce } from './graph.mjs';
import { namesOf } from './names.mjs';

const directory = 'roleManagement/directory';
const groupPath = 'identityGovernance/privilegedAccess/group';

/** So many at once in a filter: a link stays short enough. */
const chunk = 20;

const chunksOf = (items) =>
  Array.from({ length: Math.ceil(items.length / chunk) }, (_, index) =>
    items.slice(index * chunk, (index + 1) * chunk),
  );

/** Whose settings, or eligible for what: a role, or what to be in a group. */
export const targetKey = ({ roleId, groupId, access }) => (groupId ? `${groupId} ${access}` : roleId);

/** Settings that are OpenPIM's own, beside the rules. */
export const ownNames = ['minimumHolders', 'customExtension', 'emergencyAccess'];

const settingsIn = ({ policyId, roleDefinitionId, scopeId, scopeType, policy }) => ({
  target: scopeType === 'Group' ? { groupId: scopeId, access: roleDefinitionId } : { roleId: roleDefinitionId },
  policyId,
  rules: policy.rules,
  own: Object.fromEntries(ownNames.map((name) => [name, policy[name] ?? null])),
});

const expanded = { $expand: 'policy($expand=rules)' };

const roleSettings = async (graph) => {
  const filter = "scopeId eq '/' and scopeType eq 'DirectoryRole'";
  const path = asking('policies/roleManagementPolicyAssignments', { $filter: filter, ...expanded });
  return (await graph.list(path)).map(settingsIn);
};

const groupSettings = async (graph, groupIds) => {
  const found = await mapAtOnce(chunksOf(groupIds), (ids) => {
    const filter = `scopeType eq 'Group' and scopeId in (${ids.map((id) => `'${id}'`).join(',')})`;
    return graph.list(asking('policies/roleManagementPolicyAssignments', { $filter: filter, ...expanded }));
  });
  return found.flat().map(settingsIn);
};

const principalType = (principal) => (principal?.['@odata.type'] === '#microsoft.graph.group' ? 'group' : 'user');

const eligibilityIn = (names) => (schedule) => {
  const { principal, scheduleInfo, createdDateTime } = schedule;
  if (principal?.userPrincipalName) names.rememberUser(principal);
  const { startDateTime, expiration } = scheduleInfo;
  return {
    target: schedule.groupId
      ? { groupId: schedule.groupId, access: schedule.accessId }
      : { roleId: schedule.roleDefinitionId },
    scope: schedule.directoryScopeId ?? '/',
    scheduleId: schedule.id,
    principalId: schedule.principalId,
    principalType: principalType(principal),
    // Given ahead of time, or at once.
    start: Date.parse(startDateTime) > Date.parse(createdDateTime) ? startDateTime : null,
    end: expiration.endDateTime,
  };
};

/** Not by a group; groups write it in lower case. */
const isDirect = ({ memberType }) => memberType.toLowerCase() === 'direct';

const roleEligibilities = (graph) =>
  graph.list(asking(`${directory}/roleEligibilitySchedules`, { $expand: 'principal' }));

const groupEligibilities = async (graph, groupIds) => {
  const found = await mapAtOnce(groupIds, (id) =>
    graph.list(asking(`${groupPath}/eligibilitySchedules`, { $filter: `groupId eq '${id}'`, $expand: 'principal' })),
  );
  return found.flat();
};

/** The rules that settings have until somebody changes them: version 0 of any of the same kind. */
const defaultsFrom = (graph) => {
  const known = new Map();
  return async ({ policyId, target }) => {
    const kind = target.groupId ? target.access : 'role';
    if (!known.has(kind)) known.set(kind, await graph.send('GET', `/openpim/v1/policies/${policyId}/versions/0`));
    return known.get(kind).rules;
  };
};

/** Reads the roles and groups; settings and eligibilities when they are asked for. */
export const tenantAt = async (access) => {
  const graph = graphAt(access);
  const [all, custom, groups] = await Promise.all([
    graph.list(asking(`${directory}/roleDefinitions`, { $select: 'id,displayName,isBuiltIn', $top: 999 })),
    graph.list(asking(`${directory}/roleDefinitions`, { $filter: 'isBuiltIn eq false' })),
    graph.list(asking('groups', { $select: 'id,displayName', $top: 999 })),
  ]);
  // Built-in roles by name alone: what they allow is long, and not a file's to say.
  const roles = [...all.filter(({ isBuiltIn }) => isBuiltIn), ...custom];
  const names = namesOf(graph, { roles, groups });
  return {
    graph,
    names,
    roles,
    groupIds: groups.map(({ id }) => id),
    defaultsOf: defaultsFrom(graph),
    roleSettings: () => roleSettings(graph),
    groupSettings: (groupIds) => groupSettings(graph, groupIds),
    /** Of every role, and of these groups. */
    eligibilities: async (groupIds) => {
      const schedules = [await roleEligibilities(graph), await groupEligibilities(graph, groupIds)].flat();
      return schedules.filter(isDirect).map(eligibilityIn(names));
    },
  };
};
