import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOf, pim, type Printed } from './support/pim';
import { id, TestServer } from './support/server';

/** The one that the documentation shows. */
const wanted = readFileSync(join(__dirname, '../../../docs/examples/policy.yaml'), 'utf8');

/** All that the documentation asks for. */
const scopes = [
  'RoleManagement.ReadWrite.Directory',
  'RoleManagementPolicy.ReadWrite.AzureADGroup',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  'Directory.Read.All',
];

/** Everything that the demo tenant and the file above changed, as it is in a tenant where nobody changed anything. */
const unchanged = `version: 1
eligibilities: []
settings:
  - role: Security Reader
    minimumHolders: 0
    emergencyAccess: null
  - role: Exchange Administrator
    rules: { AuthenticationContext_EndUser_Assignment: { isEnabled: false } }
  - role: Helpdesk Administrator
    rules: { Enablement_EndUser_Assignment: { enabledRules: [Justification, MultiFactorAuthentication] } }
  - role: Security Administrator
    rules: { Approval_EndUser_Assignment: { setting: { isApprovalRequired: false, approvalStages: [{ primaryApprovers: [] }] } } }
`;

describe('a policy file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-policy-files-'));
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const policy = async (...args: string[]): Promise<Printed> =>
    pim(['policy', ...args], { url: server.url, token: await server.token('ada', { scopes }) });
  const apply = (text: string, ...flags: string[]): Promise<Printed> => {
    const file = join(folder, 'policy.yaml');
    writeFileSync(file, text);
    return policy('apply', file, ...flags);
  };
  const exported = async (...flags: string[]): Promise<string> => {
    const { code, stdout, stderr } = await policy('export', ...flags);
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };
  const succeeds = async (applying: Promise<Printed>): Promise<string> => {
    const { code, stdout, stderr } = await applying;
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };
  const makeGroup = async (displayName: string): Promise<void> => {
    const made = { displayName, mailNickname: 'group', mailEnabled: false, securityEnabled: true };
    expect((await server.call('ada', 'POST', 'groups', made)).status).toBe(201);
  };
  const deleteFirst = async (path: string): Promise<void> => {
    const [first] = (await server.call('ada', 'GET', path)).body.value ?? [];
    const [set] = path.split('?');
    expect((await server.call('ada', 'DELETE', `${set}/${first?.['id']}`)).status).toBe(204);
  };

  it('is shown before anything is changed, and changes nothing until somebody agrees', async () => {
    const before = await server.ports.eventStore.head();
    const shown = await succeeds(apply(wanted, '--dry-run'));
    expect(shown.split('\n')).toEqual([
      '+ role Password Desk',
      '    allows microsoft.directory/users/password/update',
      '~ settings of Password Desk',
      '    Expiration_EndUser_Assignment.maximumDuration: "PT8H" -> "PT4H"',
      expect.stringContaining('Enablement_EndUser_Assignment.enabledRules: ["MultiFactorAuthentication"'),
      '~ settings of Security Reader',
      '    minimumHolders: 0 -> 1',
      '    emergencyAccess: null -> {"people":["erin@contoso.example","frank@contoso.example"]}',
      '~ settings of members of Approvers',
      '    Approval_EndUser_Assignment.setting.isApprovalRequired: false -> true',
      expect.stringContaining('approvalStages[0].primaryApprovers: [] -> [{"user":"alice@contoso.example"},{"group"'),
      '+ eligibility of erin@contoso.example for Password Desk',
      '    until 2027-06-30T00:00:00Z',
      '+ eligibility of Helpdesk for User Administrator',
      '    without end',
      '+ eligibility of frank@contoso.example for members of Approvers',
      '    from 2027-01-01T00:00:00Z, without end',
      '7 changes; nothing was changed.',
      '',
    ]);
    expect(await apply(wanted)).toMatchObject({ code: 1, stderr: expect.stringContaining('Send --yes') });
    expect(await server.ports.eventStore.head()).toBe(before);
  });

  it('is applied once, and then there is nothing to do, however the same is written', async () => {
    expect(await succeeds(apply(wanted, '--yes'))).toMatch(/\n7 changes made\.\n$/);
    const otherwise = wanted
      .replace('PT4H', 'PT240M')
      .replace('[Ticketing, Justification]', '[Justification, Ticketing]')
      .replace('user: alice@contoso.example', `{ '@odata.type': '#microsoft.graph.singleUser', userId: ${id.alice} }`);
    expect(await succeeds(apply(otherwise, '--yes'))).toBe('Nothing to do.\n');
    const { body } = await server.call(
      'ada',
      'GET',
      'roleManagement/directory/roleDefinitions?$filter=isBuiltIn eq false',
    );
    const [desk] = body.value ?? [];
    const found = `roleManagement/directory/roleEligibilitySchedules?$filter=roleDefinitionId eq '${desk?.['id']}'`;
    expect((await server.call('ada', 'GET', found)).body.value).toMatchObject([
      { principalId: id.erin, scheduleInfo: { expiration: { endDateTime: '2027-06-30T00:00:00Z' } } },
    ]);
  });

  it('gives other times to what is there', async () => {
    const later = wanted
      .replace('2027-06-30', '2027-09-30')
      .replace('2027-01-01', '2027-02-01')
      .replace('user: erin@', 'user: ERIN@');
    expect((await succeeds(apply(later, '--yes'))).split('\n').slice(0, 4)).toEqual([
      '~ eligibility of ERIN@contoso.example for Password Desk',
      '    until 2027-06-30T00:00:00Z -> until 2027-09-30T00:00:00Z',
      '~ eligibility of frank@contoso.example for members of Approvers',
      '    from 2027-01-01T00:00:00Z, without end -> from 2027-02-01T00:00:00Z, without end',
    ]);
  });

  it('with every rule of every role changes none of them', async () => {
    const file = join(folder, 'full.yaml');
    await succeeds(policy('export', '--all', '--out', file));
    expect(readFileSync(file, 'utf8').match(/Expiration_Admin_Eligibility/g)?.length).toBeGreaterThan(100);
    expect(await succeeds(policy('apply', file))).toBe('Nothing to do.\n');
  }, 60_000);

  it('that was written from a tenant makes an empty one the same, under other ids', async () => {
    const file = join(folder, 'exported.yaml');
    await succeeds(policy('export', '--out', file));
    await server.later(10);
    // Everything the file speaks of is taken away; what it names is made anew, so that only names are the same.
    await succeeds(apply(unchanged, '--prune', '--yes'));
    await deleteFirst('roleManagement/directory/roleDefinitions?$filter=isBuiltIn eq false');
    await deleteFirst("groups?$filter=displayName eq 'Approvers'");
    await makeGroup('Approvers');
    expect(await exported()).toMatch(/\nversion: 1\nroles: \[\]\nsettings: \[\]\neligibilities: \[\]\n$/);
    await succeeds(policy('apply', file, '--yes'));
    expect(await exported()).toBe(readFileSync(file, 'utf8'));
  }, 60_000);

  it('takes away what it does not name, when it is told to and says whom to leave', async () => {
    const only = `version: 1
eligibilities:
  - { role: User Administrator, principal: { user: erin@contoso.example } }
  - { group: Approvers, access: member, principal: { user: frank@contoso.example } }
`;
    const pruned = await succeeds(apply(only, '--prune', '--dry-run'));
    expect(pruned).toContain('- eligibility of frank@contoso.example for User Administrator\n');
    expect(pruned).toContain('- eligibility of erin@contoso.example for Password Desk\n    until 2027-09-30');
    expect(pruned).not.toContain('erin@contoso.example for User Administrator');
    expect(pruned).toContain(
      '~ eligibility of frank@contoso.example for members of Approvers\n    from 2027-02-01T00:00:00Z, without end -> without end\n',
    );
    const { code, stderr } = await apply('version: 1', '--prune', '--yes');
    expect([code, stderr]).toEqual([1, expect.stringContaining('says nothing of eligibilities')]);
  });

  it('stops at what the server refuses, says so, and goes on from there', async () => {
    const text = (name: string): string => `version: 1
eligibilities:
  - { role: Groups Administrator, principal: { user: sam@contoso.example } }
  - { role: Groups Administrator, principal: { group: ${name} } }
  - { role: Groups Administrator, principal: { user: grace@contoso.example } }
`;
    const { code, stderr } = await apply(text('Approvers'), '--yes');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^Stopped at "\+ eligibility of Approvers for Groups Administrator": 400 InvalidRoleAssignmentRequest: .*\n1 change of 3 made/,
      ),
    ]);
    const rest = await succeeds(apply(text('Helpdesk'), '--yes'));
    expect(rest).not.toContain('sam@contoso.example');
    expect(rest).toMatch(/\n2 changes made\.\n$/);
  });

  it('is refused as a whole when it is none, and says where', async () => {
    const faults = await faultsOf([
      'version: [1',
      'version: 2',
      'version: 1\nrole: []',
      'version: 1\nsettings: [{ role: X, rules: { Expiration_EndUser_Assignment: { maximumDuratoin: PT1H } } }]',
      'version: 1\nsettings: [{ group: Helpdesk }]',
      'version: 1\nsettings: [{ role: X, group: Helpdesk }]',
      'version: 1\neligibilities: [{ role: X, principal: { user: a, group: b } }]',
      'version: 1\nversion: 1',
    ]);
    expect(faults).toEqual([
      expect.stringContaining('This is no YAML'),
      expect.stringContaining('/version must be equal to constant: 1'),
      expect.stringContaining('the file must NOT have additional properties: role'),
      expect.stringContaining('/settings/0/rules/Expiration_EndUser_Assignment must NOT have additional properties'),
      expect.stringContaining("/settings/0 must have required property 'access'"),
      expect.stringContaining('/settings/0/group is not for this'),
      expect.stringContaining('/eligibilities/0/principal must NOT have more than 1 properties'),
      expect.stringContaining('Map keys must be unique'),
    ]);
  });

  it.each<[string, string, string]>([
    ['a role', '{ role: Emperor, principal: { user: erin@contoso.example } }', '[0]: there is no role Emperor.'],
    ['a person', '{ role: Security Reader, principal: { user: eve@contoso.example } }', '[0]: there is no user eve@'],
  ])('changes nothing when it names %s who is not there', async (_what, eligibility, says) => {
    const before = await server.ports.eventStore.head();
    const other = '{ role: Groups Administrator, principal: { user: erin@contoso.example } }';
    const { code, stderr } = await apply(`version: 1\neligibilities: [${eligibility}, ${other}]`, '--yes');
    expect([code, stderr]).toEqual([1, expect.stringContaining(`eligibilities${says}`)]);
    expect(await server.ports.eventStore.head()).toBe(before);
  });

  it('names the ids of groups of the same name instead of guessing', async () => {
    await makeGroup('Helpdesk');
    const { stderr } = await apply('version: 1\nsettings: [{ group: Helpdesk, access: owner }]');
    expect(stderr).toMatch(/2 groups are called Helpdesk\. Write the id of one: .*b0000000/);
    expect(await exported()).toContain(`group: ${id.helpdesk}`);
  });

  it('is applied as whoever sends the token, with no more rights than theirs', async () => {
    const file = join(folder, 'policy.yaml');
    const rule = 'Expiration_EndUser_Assignment: { maximumDuration: PT24H }';
    writeFileSync(file, `version: 1\nsettings: [{ role: Global Administrator, rules: { ${rule} } }]`);
    const access = { url: server.url, token: await server.token('erin') };
    const { code, stderr } = await pim(['policy', 'apply', file, '--yes'], access);
    expect([code, stderr]).toEqual([1, expect.stringContaining('403 Authorization_RequestDenied')]);
  });

  it('is not sent anywhere when no server answers', async () => {
    const { code, stderr } = await pim(['policy', 'export'], { url: 'http://127.0.0.1:9', token: 'x' });
    expect([code, stderr]).toEqual([1, expect.stringContaining('Start the server, or set OPENPIM_URL')]);
  });
});
