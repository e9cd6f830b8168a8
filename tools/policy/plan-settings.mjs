// Role settings that are to be changed.
import { asking } from './graph.mjs';
import { ownInCalls, ownInFile } from './own-settings.mjs';
import { differences, meaningOf, mergedRule, ruleInFile, ruleInGraph } from './rules.mjs';
import { ownNames, targetKey } from './tenant.mjs';

const policies = 'policies/roleManagementPolicies';

/** A role that is still to be made will have the defaults, as every role has that nobody changed. */
const currentOf = async (target, { tenant, known }) => {
  const found = known.get(target.key);
  if (found) return found;
  const any = [...known.values()].find(({ target: { roleId } }) => roleId);
  const own = { minimumHolders: 0, customExtension: null, emergencyAccess: null };
  return { policyId: null, rules: await tenant.defaultsOf(any), own };
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

const only = (object, names) =>
  Object.fromEntries(names.flatMap((name) => (object[name] === undefined ? [] : [[name, object[name]]])));

/** Those of the wanted settings beside the rules that are not so already, and the same as they are. */
const changedOwn = (wanted, current) => {
  const names = Object.keys(wanted).filter((name) => differences(name, current[name], wanted[name]).length > 0);
  return { before: only(current, names), after: only(wanted, names) };
};

const ownDetails = async ({ before, after }, names) => {
  const [old, wanted] = [await ownInFile(before, names), await ownInFile(after, names)];
  return Object.keys(wanted).flatMap((name) => differences(name, old[name], wanted[name]));
};

const planOne = async ({ rules = {}, ...about }, { tenant, target, known, where }) => {
  const { names } = tenant;
  const found = target(about, where);
  const current = await currentOf(found, { tenant, known });
  const changed = await changedRules(rules, current, { tenant, where });
  const own = changedOwn(await ownInCalls(only(about, ownNames), names, where), current.own);
  const body = bodyOf(changed, own.after);
  if (Object.keys(body).length === 0) return [];
  const details = await Promise.all([ownDetails(own, names), ...changed.map((one) => detailsOf(one, names))]);
  const make = async () => {
    const policyId = current.policyId ?? (await policyIdOf(found.idNow(), tenant));
    await tenant.graph.send('PATCH', `${policies}/${policyId}`, body);
  };
  return [{ title: `~ settings of ${found.name}`, details: details.flat(), make }];
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
