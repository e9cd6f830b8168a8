import { type Recorded } from './log';
import {
  assignment,
  assignmentInstances,
  assignmentRequests,
  eligibilityInstances,
  id,
  role,
  type TestServer,
} from './server';

/** Wants somebody's account on or off. */
export const switchTo = (server: TestServer, by: string, user: keyof typeof id, accountEnabled: boolean) =>
  server.call(by, 'PATCH', `users/${id[user]}`, { accountEnabled });

/** What Paul wants of a role, for good. */
export const ask = (server: TestServer, action: string, user: keyof typeof id, roleId: string) =>
  server.call('paul', 'POST', assignmentRequests, assignment(action, id[user], roleId));

/** The roles somebody holds or is eligible for, as readers are told. */
export const held = async (server: TestServer, user: keyof typeof id): Promise<readonly unknown[]> => {
  const filter = `$filter=principalId eq '${id[user]}'`;
  const sets = [assignmentInstances, eligibilityInstances].map((set) => server.call('sam', 'GET', `${set}?${filter}`));
  return (await Promise.all(sets)).flatMap(({ body }) => body.value?.map((one) => one['roleDefinitionId']));
};

/** Whether an account is on, as readers are told. */
export const accountOf = async (server: TestServer, user: keyof typeof id): Promise<unknown> =>
  (await server.call('sam', 'GET', `users/${id[user]}`)).body['accountEnabled'];

/** Whose an event is. */
export type About = { readonly principalId: string };

const accountEvents = /^Principal(Disabled|Enabled)$/;

/** Who holds a role for good by the log alone, and may use it. */
const keepersIn = (log: readonly Recorded[], roleId: string): readonly string[] => {
  const holders = new Map<string, string>();
  for (const { stream, type, data } of log) {
    if (stream !== `roleSchedule-${roleId}@/`) continue;
    const { scheduleId, principalId, end } = data as About & { scheduleId: string; end: string | null };
    if (type === 'AssignmentGranted' && end === null) holders.set(scheduleId, principalId);
    if (type === 'AssignmentRemoved') holders.delete(scheduleId);
  }
  return [...holders.values()].filter((who) => {
    const last = log.findLast(({ type, data }) => accountEvents.test(type) && (data as About).principalId === who);
    return last?.type !== 'PrincipalDisabled';
  });
};

/** The last-administrator rule, after every single event of the log. */
export const expectAlwaysKept = (log: readonly Recorded[]): void => {
  for (const roleId of [role.globalAdministrator, role.privilegedRoleAdministrator]) {
    const first = log.findIndex(({ stream, type }) => type === 'AssignmentGranted' && stream.includes(roleId));
    for (let n = first + 1; n <= log.length; n += 1) expect(keepersIn(log.slice(0, n), roleId)).not.toEqual([]);
  }
};
