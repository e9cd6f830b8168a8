import { nameOf, type Holder, type RoleName } from './action';
import type { Hold } from './model';

type Printed = Readonly<Record<string, unknown>>;

const millis = (instant: unknown): number => (typeof instant === 'string' ? Date.parse(instant) : Infinity);

/** What a schedule says, as the model says it. */
export const holdOf = (one: Printed): Hold => {
  const info = one['scheduleInfo'] as { startDateTime: string; expiration: { endDateTime: string | null } };
  const from = (one['activatedUsing'] as Printed | null | undefined)?.['id'];
  const type = one['assignmentType'];
  return {
    id: String(one['id']),
    kind: type === undefined ? 'eligibility' : type === 'Activated' ? 'activation' : 'standing',
    who: nameOf(one['principalId']) as Holder,
    role: nameOf(one['roleDefinitionId']) as RoleName,
    start: millis(info.startDateTime),
    end: millis(info.expiration.endDateTime),
    from: typeof from === 'string' ? from : null,
  };
};

/** One line each, in an order of their own. */
export const sorted = (holds: readonly Hold[]): readonly string[] =>
  holds
    .map(({ id: one, kind, who, role: of, start, end, from }) => [kind, who, of, start, end, one, from].join(' '))
    .sort();
