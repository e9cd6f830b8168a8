// Custom roles that are to be made or changed, and what the names in a file stand for with them.
import { differences } from './rules.mjs';
import { targetKey } from './tenant.mjs';

const path = 'roleManagement/directory/roleDefinitions';

const actionsOf = ({ rolePermissions }) =>
  rolePermissions.map(({ allowedResourceActions }) => [...allowedResourceActions].sort());

const wantedOf = ({ displayName, description = null, isEnabled = true, rolePermissions }) => ({
  displayName,
  description,
  isEnabled,
  rolePermissions,
});

const comparable = ({ description, isEnabled, ...role }) => ({
  description: description || null,
  isEnabled,
  allowedResourceActions: actionsOf(role),
});

const creation = (wanted, { graph, roles }) => ({
  title: `+ role ${wanted.displayName}`,
  details: actionsOf(wanted).map((actions) => `allows ${actions.join(', ')}`),
  make: async () => void roles.push(await graph.send('POST', path, wanted)),
});

const change = (current, wanted, { graph }) => {
  if (current.isBuiltIn) throw new Error(`roles: ${current.displayName} is a built-in role and cannot be changed.`);
  const details = differences(wanted.displayName, comparable(current), comparable(wanted));
  if (details.length === 0) return [];
  const make = () => graph.send('PATCH', `${path}/${current.id}`, wanted);
  return [{ title: `~ role ${wanted.displayName}`, details, make }];
};

const once = (names) => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`roles: ${twice} is there more than once.`);
};

/**
 * The changes, and `target`: what a file's `role`, or `group` and `access`, stand for. A role that is still to be made
 * has no id until it is.
 */
export const planRoles = (wantedRoles, tenant) => {
  once(wantedRoles.map(({ displayName }) => displayName));
  const existing = new Map(tenant.roles.map((role) => [role.displayName, role]));
  const changes = wantedRoles.map(wantedOf).flatMap((wanted) => {
    const current = existing.get(wanted.displayName);
    return current ? change(current, wanted, tenant) : [creation(wanted, tenant)];
  });
  const made = new Set(wantedRoles.flatMap(({ displayName }) => (existing.has(displayName) ? [] : [displayName])));
  const roleTarget = (role, where) =>
    made.has(role)
      ? { key: `new ${role}`, name: role, roleId: null, idNow: () => tenant.names.roleId(role, where) }
      : roleAt(tenant.names.roleId(role, where), role);
  const roleAt = (roleId, name) => ({ key: targetKey({ roleId }), name, roleId, idNow: () => roleId });
  const groupTarget = (group, access, where) => {
    const groupId = tenant.names.groupId(group, where);
    return { key: targetKey({ groupId, access }), name: `${access}s of ${group}`, groupId, access };
  };
  const target = ({ role, group, access }, where) =>
    role === undefined ? groupTarget(group, access, where) : roleTarget(role, where);
  return { changes, target };
};
