// npm run demo: walks the main story over HTTP against a temporary server, and prints each step with its answer.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installIfMissing, root, run, withProgress } from './install.mjs';
import { freePort } from './free-port.mjs';

const role = {
  userAdministrator: 'fe930be7-5e62-47db-91af-98c3a49a38b1',
  securityAdministrator: '194ae4cb-b126-40b2-bd5b-6091b380977d',
};
const person = { erin: 'a0000000-0000-4000-8000-000000000004', grace: 'a0000000-0000-4000-8000-000000000008' };

const say = (text) => console.log(`\n${text}`);

const summary = (body) => {
  if (!body) return '(no body)';
  if (body.error) return `${body.error.code}: ${body.error.message}`;
  if (Array.isArray(body.value))
    return `${body.value.length} item(s)\n${body.value.map((item) => `      ${line(item)}`).join('\n')}`;
  return line(body);
};

const shown = [
  'activityDisplayName',
  'result',
  'action',
  'status',
  'assignmentType',
  'startDateTime',
  'endDateTime',
  'reviewResult',
];

/** The few members a newcomer looks for; the role by its name where it was expanded. */
const line = (item) =>
  [
    ...(item.roleDefinition ? [`role "${item.roleDefinition.displayName}"`] : []),
    ...shown.filter((name) => item[name]).map((name) => `${name} ${item[name]}`),
    ...(item.initiatedBy ? [`by ${item.initiatedBy.user?.displayName ?? item.initiatedBy.app?.displayName}`] : []),
  ].join(', ');

const start = async (folder, port) => {
  const env = { ...process.env, PORT: String(port), OPENPIM_DATA: folder, OPENPIM_MODE: 'development' };
  const server = spawn(process.execPath, ['tools/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let attempt = 0; attempt < 300; attempt++) {
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (ready?.ok) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill();
  throw new Error('the server did not become ready within 30 s');
};

const story = async (folder, port) => {
  const env = { OPENPIM_DATA: folder, PORT: String(port) };
  const token = async (...args) =>
    (await run(process.execPath, ['tools/pim.mjs', 'token', ...args], { quiet: true, env })).trim();
  const call = async (bearer, method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    const answer = text ? JSON.parse(text) : null;
    if (body) console.log(`   ${method} ${path}\n      ${JSON.stringify(body)}`);
    else console.log(`   ${method} ${path}`);
    console.log(`   -> ${response.status} ${summary(answer)}`);
    return answer;
  };
  const requests = '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests';
  const activate = (roleDefinitionId, more = {}) => ({
    action: 'selfActivate',
    principalId: person.erin,
    roleDefinitionId,
    directoryScopeId: '/',
    justification: 'Reset a locked account',
    scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
    ...more,
  });
  const paul = await token('paul', '--mfa');
  const erin = await token('erin', '--mfa');
  const erinWithoutMfa = await token('erin');
  const alice = await token('alice', '--mfa');

  say(
    '1. Paul, a Privileged Role Administrator, makes Grace eligible for User Administrator. Eligible means: may activate it, has no rights yet.',
  );
  await call(paul, 'POST', '/v1.0/roleManagement/directory/roleEligibilityScheduleRequests', {
    action: 'adminAssign',
    principalId: person.grace,
    roleDefinitionId: role.userAdministrator,
    directoryScopeId: '/',
    justification: 'Covers for Erin',
    scheduleInfo: { expiration: { type: 'afterDuration', duration: 'P30D' } },
  });

  say('2. Erin is eligible for the same role. She looks up what she may activate.');
  await call(
    erin,
    'GET',
    "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')?$expand=roleDefinition($select=displayName)",
  );

  say('3. She tries without a second factor and without a reason: refused, and told which rules failed.');
  await call(erinWithoutMfa, 'POST', requests, { ...activate(role.userAdministrator), justification: '' });

  say('4. With a second factor and a reason she holds the role for one hour.');
  await call(erin, 'POST', requests, activate(role.userAdministrator));
  await call(
    erin,
    'GET',
    "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='principal')",
  );

  say("5. Security Administrator needs somebody else's yes: her request waits.");
  const pending = await call(
    erin,
    'POST',
    requests,
    activate(role.securityAdministrator, { justification: 'Investigate an alert' }),
  );

  say('6. Alice, an approver, sees it and approves it.');
  const approval = `/beta/roleManagement/directory/roleAssignmentApprovals/${pending.approvalId}`;
  await call(alice, 'GET', `${approval}/steps`);
  await call(alice, 'PATCH', `${approval}/steps/${pending.approvalId}`, {
    reviewResult: 'Approve',
    justification: 'Known incident',
  });
  await call(erin, 'GET', `${requests}/${pending.id}`);

  say('7. Nobody can remove the last Global Administrator, not even with every permission.');
  await call(paul, 'POST', requests, {
    action: 'adminRemove',
    principalId: 'a0000000-0000-4000-8000-000000000001',
    roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10',
    directoryScopeId: '/',
    justification: 'Oops',
  });

  say('8. All of it is in the audit trail.');
  const sam = await token('sam', '--mfa');
  await call(
    sam,
    'GET',
    "/v1.0/auditLogs/directoryAudits?$filter=loggedByService eq 'PIM'&$orderby=activityDateTime desc&$top=8",
  );
};

try {
  await installIfMissing();
  const { build } = await import('./build.mjs');
  await withProgress('Building', build);
  const folder = mkdtempSync(join(tmpdir(), 'openpim-demo-'));
  const port = await freePort();
  const server = await start(folder, port);
  try {
    await story(folder, port);
    say('Done. "npm start" runs the same server for you to try.');
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
