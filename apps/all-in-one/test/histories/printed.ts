import { desk, nameOf, type Holder, type Place } from './action';
import type { Hold } from './model';

type Printed = Readonly<Record<string, unknown>>;

/** A role that has no name here is the tenant's own; there is one of these, and one unit, at a time. */
const placeOf = (one: Printed): Place => {
  const name = nameOf(one['roleDefinitionId']);
  const role = name === one['roleDefinitionId'] ? desk : name;
  return (one['directoryScopeId'] === '/' ? role : `${role}@unit`) as Place;
};

/** What a schedule says, as the model says it; one that was given outside PIM does not say since when. */
export const holdOf = (one: Printed): Hold => {
  const info = one['scheduleInfo'] as {
    startDateTime: string | null;
    expiration: { endDateTime: string | null };
  };
  const from = (one['activatedUsing'] as Printed | null | undefined)?.['id'];
  const type = one['assignmentType'];
  const { endDateTime } = info.expiration;
  return {
    id: String(one['id']),
    kind: type === undefined ? 'eligibility' : type === 'Activated' ? 'activation' : 'standing',
    who: nameOf(one['principalId']) as Holder,
    place: placeOf(one),
    start: info.startDateTime === null ? 0 : Date.parse(info.startDateTime),
    end: endDateTime === null ? Infinity : Date.parse(endDateTime),
    from: type === 'Activated' && typeof from === 'string' ? from : null,
    isOutside: info.startDateTime === null,
  };
};

/** One line each, in an order of their own. */
export const sorted = (holds: readonly Hold[]): readonly string[] =>
  holds
    .map(({ id, kind, who, place, start, end, from, isOutside }) =>
      [kind, who, place, isOutside ? 'outside' : start, end, id, from].join(' '),
    )
    .sort();
