// npx pim policy export: what a deployment has, as a file that would make another one the same.
import { mapAtOnce } from './graph.mjs';
import { ownInFile } from './own-settings.mjs';
import { meaningOf, ruleInFile } from './rules.mjs';

/** By their text, whatever the language of the machine. */
const byText = (textOf) => (one, other) => {
  const [a, b] = [textOf(one), textOf(other)];
  return a < b ? -1 : Number(a > b);
};

const customRole = ({ displayName, description, isEnabled, rolePermissions }) => ({
  displayName,
  ...(description ? { description } : {}),
  isEnabled,
  rolePermissions: rolePermissions.map(({ allowedResourceActions }) => ({ allowedResourceActions })),
});

/** How a file says what it is about. */
export const targetInFile = ({ roleId, groupId, access }, names) =>
  groupId ? { group: names.groupName(groupId), access } : { role: names.roleName(roleId) };

/** Microsoft's ids of the roles that keep one holder in any case. */
const keepOne = ['62e90394-69f5-4237-9190-012177145e10', 'e8611ab8-c189-46e8-94e1-60213ab1f814'];

/** What a setting beside the rules is until somebody changes it. */
const defaultOf = (name, { roleId }) => {
  if (name !== 'minimumHolders') return null;
  return keepOne.includes(roleId) ? 1 : 0;
};

const ownIn = ({ target, own }, { names }) => {
  const told = Object.entries(own).filter(([name, value]) => value !== defaultOf(name, target));
  return ownInFile(Object.fromEntries(told), names);
};

const rulesIn = async (settings, { names, defaultsOf }, all) => {
  const defaults = new Map((await defaultsOf(settings)).map((rule) => [rule.id, meaningOf(rule)]));
  const told = settings.rules.filter((rule) => all || defaults.get(rule.id) !== meaningOf(rule));
  const contents = await Promise.all(told.map((rule) => ruleInFile(rule, names)));
  return Object.fromEntries(told.map(({ id }, index) => [id, contents[index]]));
};

const settingsInFile = async (settings, tenant, all) => {
  const rules = await rulesIn(settings, tenant, all);
  const own = await ownIn(settings, tenant);
  if (Object.keys(rules).length === 0 && Object.keys(own).length === 0) return [];
  return [{ ...targetInFile(settings.target, tenant.names), ...own, rules }];
};

const eligibilityInFile = async ({ target, scope, principalId, principalType, start, end }, { names }) => ({
  ...targetInFile(target, names),
  ...(scope === '/' || target.groupId ? {} : { scope }),
  principal:
    principalType === 'group' ? { group: names.groupName(principalId) } : { user: await names.userName(principalId) },
  ...(start ? { start } : {}),
  ...(end ? { end } : {}),
});

/** Roles before groups, each by name. */
const order = ({ role, group, access, scope = '', principal }) =>
  JSON.stringify([role ? 0 : 1, role ?? group, access ?? '', scope, principal?.user ?? '', principal?.group ?? '']);

/** `all`: every rule of every role, and of every group that has one of its own. */
export const exportPolicy = async (tenant, { all = false } = {}) => {
  const [ofRoles, ofGroups, eligibilities] = await Promise.all([
    tenant.roleSettings(),
    tenant.groupSettings(tenant.groupIds),
    tenant.eligibilities(tenant.groupIds),
  ]);
  const settings = await mapAtOnce([...ofRoles, ...ofGroups], (one) =>
    settingsInFile(one, tenant, all && !one.target.groupId),
  );
  const eligible = await mapAtOnce(eligibilities, (one) => eligibilityInFile(one, tenant));
  return {
    version: 1,
    roles: tenant.roles
      .filter(({ isBuiltIn }) => !isBuiltIn)
      .map(customRole)
      .sort(byText(({ displayName }) => displayName)),
    settings: settings.flat().sort(byText(order)),
    eligibilities: eligible.sort(byText(order)),
  };
};
