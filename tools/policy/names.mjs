// Names for ids and ids for names: a file says `erin@contoso.example`, calls say a GUID.
import { asking, Refused } from './graph.mjs';

const isGuid = (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** A name that stands for one thing alone; otherwise its id does. */
const nameIn = (entities) => (id) => {
  const name = entities.find((entity) => entity.id === id)?.displayName;
  const isClear = name && !isGuid(name) && entities.filter(({ displayName }) => displayName === name).length === 1;
  return isClear ? name : id;
};

/** By id, or by a name that only one has. `where` is the place in the file, for the error. */
const idIn = (entities, kind) => (text, where) => {
  const found = entities.filter(({ id, displayName }) =>
    isGuid(text) ? id === text.toLowerCase() : displayName === text,
  );
  if (found.length === 1) return found[0].id;
  throw new Error(
    found.length === 0
      ? `${where}: there is no ${kind} ${text}.`
      : `${where}: ${found.length} ${kind}s are called ${text}. Write the id of one: ${found.map(({ id }) => id).join(', ')}.`,
  );
};

/** People are looked up one by one, each once: there may be very many, and a file names few. */
const people = (graph) => {
  const nameById = new Map();
  const idByName = new Map();
  const remember = ({ id, userPrincipalName }) => {
    nameById.set(id, userPrincipalName ?? id);
    if (userPrincipalName) idByName.set(userPrincipalName.toLowerCase(), id);
  };
  const find = async (key) => {
    const path = asking(`users/${encodeURIComponent(key)}`, { $select: 'id,userPrincipalName' });
    const user = await graph.send('GET', path).catch((error) => {
      if (error instanceof Refused && error.status === 404) return null;
      throw error;
    });
    if (user) remember(user);
    return user;
  };
  const nameOf = async (id) => {
    if (!nameById.has(id) && !(await find(id))) nameById.set(id, id);
    return nameById.get(id);
  };
  const idOf = async (text, where) => {
    const known = isGuid(text)
      ? nameById.has(text.toLowerCase()) && text.toLowerCase()
      : idByName.get(text.toLowerCase());
    const id = known || (await find(text))?.id;
    if (!id) throw new Error(`${where}: there is no user ${text}.`);
    return id;
  };
  return { remember, nameOf, idOf };
};

/** Everything that a file names: people by userPrincipalName, groups and roles by displayName, and each by its id. */
export const namesOf = (graph, { roles, groups }) => {
  const users = people(graph);
  return {
    userName: users.nameOf,
    userId: users.idOf,
    rememberUser: users.remember,
    groupName: nameIn(groups),
    groupId: idIn(groups, 'group'),
    roleName: nameIn(roles),
    roleId: idIn(roles, 'role'),
  };
};
