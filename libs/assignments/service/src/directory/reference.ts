import { badRequest } from '@pim/assignments/domain';
import { uuidPattern } from '@pim/kernel';

const sets = 'directoryObjects|users|groups|servicePrincipals';
const reference = new RegExp(`/(?:${sets})(?:/(${uuidPattern})|\\('(${uuidPattern})'\\))$`, 'i');

/** The id a reference names: `https://…/v1.0/directoryObjects/{id}`, or with the object's own set. Throws for others. */
export const referredId = (url: string): string => {
  const [, plain, quoted] = reference.exec(url) ?? [];
  const id = plain ?? quoted;
  if (!id) throw badRequest("Invalid URL format specified in '@odata.id'. Send https://…/directoryObjects/{id}.");
  return id.toLowerCase();
};
