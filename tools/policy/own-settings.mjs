// Settings that are OpenPIM's own, beside the rules: as calls have them, and as a file does.
import { mapAtOnce } from './graph.mjs';

const mapPeople = async (own, map) => {
  const people = own.emergencyAccess?.people;
  if (!people) return own;
  return { ...own, emergencyAccess: { people: (await mapAtOnce(people, map)).sort() } };
};

/** People by name. */
export const ownInFile = (own, names) => mapPeople(own, (id) => names.userName(id));

/** People by id, in the order the server keeps them in; throws for somebody who is not there. */
export const ownInCalls = (own, names, where) =>
  mapPeople(own, (name) => names.userId(name, `${where}.emergencyAccess`));
