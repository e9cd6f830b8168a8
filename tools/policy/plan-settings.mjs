// Role settings that are to be changed.
import { asking } from './graph.mjs';
import { differences, meaningOf, mergedRule, ruleInFile, ruleInGraph } from './rules.mjs';
import { targetKey } from './tenant.mjs';

const policies = 'policies/roleManagementPolicies';

/** A role that is still to be made will have the defaults, as every role has that nobody changed. */
const currentOf = async (target, { tenant, known }) => {
  const found = known.get(target.key);
  if (found) return found;
  const any = [...known.values()].find(({ target: { roleId } }) => roleId);
  return { policyId: null, rules: await tenant.defaultsOf(any), minimumHolders: 0 };
};

const policyIdOf = async (roleId, { graph }) => {
  const $filter = `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${roleId}'`;
  const [found] = await graph.list(asking('policies/roleManagementPolicyAssignments', { $filter }));
  return found.policyId;
};

/** Each rule that would mean something else, as it is and as it would be. */
const changedRules = async (rules, current, { tenant: { names }, where }) => {
  const changed = [];
  for (const [id, content] of Object.entries(rules)) {
    const before = current.rules.find((rule) => rule.id === id);
    const after = mergedRule(before, await ruleInGraph(content, names, `${where}.rules.${id}`));
    if (meaningOf(before) !== meaningOf(after)) changed.push({ id, before, after });
  }
  return changed;
};

const detailsOf = async ({ id, before, after }, names) =>
  differences(id, await ruleInFile(before, names), await ruleInFile(after, names));

const bodyOf = (changed, own) => ({
  ...(changed.length > 0 ? { rules: changed.map(({ after: { target: _target, ...rule } }) => rule) } : {}),
  ...own,
});

const planOne = async ({ rules = {}, minimumHolders, ...about }, { tenant, target, known, where }) => {
  const found = target(about, where);
  const current = await currentOf(found, { tenant, known });
  const changed = await changedRules(rules, current, { tenant, where });
  const own = minimumHolders === undefined || minimumHolders === current.minimumHolders ? {} : { minimumHolders };
  const body = bodyOf(changed, own);
  if (Object.keys(body).length === 0) return [];
  const details = await Promise.all(changed.map((one) => detailsOf(one, tenant.names)));
  const holders = 'minimumHolders' in own ? [`minimumHolders: ${current.minimumHolders} -> ${minimumHolders}`] : [];
  const make = async () => {
    const policyId = current.policyId ?? (await policyIdOf(found.idNow(), tenant));
    await tenant.graph.send('PATCH', `${policies}/${policyId}`, body);
  };
  return [{ title: `~ settings of ${found.name}`, details: [...holders, ...details.flat()], make }];
};

const once = (wanted, target) => {
  const keys = wanted.map((about, index) => target(about, `settings[${index}]`).key);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index);
  if (twice >= 0) throw new Error(`settings[${twice}]: its role or group is there already; say it all in one place.`);
};

export const planSettings = async (wanted, { tenant, target }) => {
  if (wanted.length === 0) return [];
  once(wanted, target);
  const groupIds = wanted.flatMap((about, index) => target(about, `settings[${index}]`).groupId ?? []);
  const all = [await tenant.roleSettings(), await tenant.groupSettings([...new Set(groupIds)])].flat();
  const known = new Map(all.map((settings) => [targetKey(settings.target), settings]));
  const changes = [];
  for (const [index, one] of wanted.entries())
    changes.push(...(await planOne(one, { tenant, target, known, where: `settings[${index}]` })));
  return changes;
};
