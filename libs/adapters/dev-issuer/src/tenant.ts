/** A person of the demo tenant, as its data file has them. */
export interface DemoUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

/** A service principal of the demo tenant. */
export interface DemoApplication {
  /** Object id of the service principal. */
  readonly id: string;
  /** Client id. */
  readonly appId: string;
  readonly displayName: string;
  /** Application permissions its tokens carry. */
  readonly appRoles: readonly string[];
}

const shortName = ({ userPrincipalName }: DemoUser): string => userPrincipalName.split('@')[0] ?? userPrincipalName;

/** By user name (`erin`), full name (`erin@contoso.example`) or id. Throws one line that lists who there is. */
export const findUser = (users: readonly DemoUser[], name: string): DemoUser => {
  const wanted = name.toLowerCase();
  const found = users.find((user) =>
    [shortName(user), user.userPrincipalName, user.id].some((known) => known.toLowerCase() === wanted),
  );
  if (found) return found;
  throw new Error(`There is no user "${name}" in the demo tenant. Known: ${users.map(shortName).join(', ')}.`);
};

/** By name (`automation`), client id or object id. Throws one line that lists what there is. */
export const findApplication = (applications: readonly DemoApplication[], name: string): DemoApplication => {
  const wanted = name.toLowerCase();
  const found = applications.find(({ displayName, appId, id }) =>
    [displayName, appId, id].some((known) => known.toLowerCase() === wanted),
  );
  if (found) return found;
  const known = applications.map(({ displayName }) => displayName).join(', ');
  throw new Error(`There is no application "${name}" in the demo tenant. Known: ${known}.`);
};
