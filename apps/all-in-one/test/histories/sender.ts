import { id, role, type Answer, type TestServer } from '../support/server';
import {
  desk,
  isInUnit,
  roleOf,
  vetted,
  type Action,
  type Asked,
  type Given,
  type Place,
  type RoleName,
  type Times,
} from './action';
import type { About, Hold, Model, Waiting } from './model';
import { assignmentAt } from './verdicts';

const directory = 'roleManagement/directory';
const resetPasswords = 'microsoft.directory/users/password/update';
const minute = 60_000;

/** What `request` sends: an action about somebody's role. */
type Request = About & { readonly do: string; readonly kind?: Given; readonly mfa?: boolean } & Partial<Times>;

/** Sends each action as a client would; null for what is no call, or has nothing to pick. */
export class Sender {
  private readonly tokens = new Map<string, string>();

  constructor(
    private readonly server: TestServer,
    private readonly model: Model,
  ) {}

  perform(action: Action): Promise<Answer | null> {
    const act = this.acts[action.do] as (asked: Action) => Promise<Answer | null>;
    return act(action);
  }

  private readonly acts: { readonly [D in Action['do']]: (asked: Asked<D>) => Promise<Answer | null> } = {
    adminAssign: (asked) => this.request('ada', asked),
    adminUpdate: (asked) => this.request('ada', asked),
    adminExtend: (asked) => this.request('ada', asked),
    adminRenew: (asked) => this.request('ada', asked),
    adminRemove: (asked) => this.request('ada', asked),
    selfActivate: (asked) => this.request(asked.who, asked),
    selfDeactivate: (asked) => this.request(asked.who, asked),
    selfExtend: (asked) => this.request(asked.who, { ...asked, kind: 'eligibility' }),
    selfRenew: (asked) => this.request(asked.who, { ...asked, kind: 'eligibility' }),
    assign: ({ who, place }) => {
      const about = { principalId: id[who], roleDefinitionId: this.roleIdOf(place) };
      return this.send('ada', 'POST', `${directory}/roleAssignments`, {
        ...about,
        directoryScopeId: this.scopeOf(place),
      });
    },
    unassign: async ({ pick }) => {
      const one = assignmentAt(this.model, pick);
      return one ? this.send('ada', 'DELETE', `${directory}/roleAssignments/${this.instanceOf(one)}`) : null;
    },
    dismiss: ({ who, place }) =>
      this.send('ada', 'DELETE', `directoryRoles/${this.roleIdOf(place)}/members/${id[who]}/$ref`),
    decide: async ({ pick, yes }) => {
      const one = this.model.picked(pick, 'administrator');
      if (!one) return null;
      return this.send('ada', 'POST', `/openpim/v1/scheduleRequests/${one.id}/decision`, {
        decision: yes ? 'Approve' : 'Deny',
        justification: 'As agreed',
      });
    },
    approve: async ({ by, pick, yes }) => {
      const one = this.model.picked(pick, 'approver');
      if (!one) return null;
      return this.send(by, 'PATCH', `${directory}/roleAssignmentApprovals/${one.id}/steps/${one.id}`, {
        reviewResult: yes ? 'Approve' : 'Deny',
        justification: 'As agreed',
      });
    },
    narrow: async ({ by, pick }) => {
      const one = this.model.picked(pick, 'approver');
      if (!one) return null;
      return this.send(by, 'PATCH', `${directory}/roleAssignmentApprovals/${one.id}/steps/${one.id}`, {
        reviewResult: 'Approve',
        justification: 'As agreed',
        directoryScopeId: this.unitScope(),
      });
    },
    vet: ({ there }) => {
      const rule = 'Approval_EndUser_Assignment';
      const user = (userId: string) => ({ '@odata.type': '#microsoft.graph.singleUser', userId });
      const stage = { primaryApprovers: [user(id.alice), user(id.bob)] };
      return this.send('ada', 'PATCH', `${policyOf(vetted)}/rules/${rule}`, {
        '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyApprovalRule',
        id: rule,
        setting: { isApprovalRequired: there, approvalMode: 'SingleStage', approvalStages: [stage] },
      });
    },
    cancel: async ({ pick }) => {
      const one = this.model.picked(pick, 'any');
      if (!one) return null;
      return this.send('ada', 'POST', `${directory}/${setOf(one.what)}/${one.id}/cancel`);
    },
    switch: ({ who, on }) => this.send('ada', 'PATCH', `users/${id[who]}`, { accountEnabled: on }),
    join: ({ who }) =>
      this.send('ada', 'POST', `groups/${id.helpdesk}/members/$ref`, {
        '@odata.id': `${this.server.url}/v1.0/directoryObjects/${id[who]}`,
      }),
    leave: ({ who }) => this.send('ada', 'DELETE', `groups/${id.helpdesk}/members/${id[who]}/$ref`),
    delete: ({ who }) => this.send('ada', 'DELETE', `users/${id[who]}`),
    limit: ({ role: of, longest }) => {
      const rule = 'Expiration_EndUser_Assignment';
      return this.send('ada', 'PATCH', `${policyOf(of)}/rules/${rule}`, {
        '@odata.type': '#microsoft.graph.unifiedRoleManagementPolicyExpirationRule',
        id: rule,
        isExpirationRequired: true,
        maximumDuration: `PT${longest}M`,
      });
    },
    keep: async ({ place, holders }) => {
      const answer = await this.send('ada', 'PATCH', policyOf(place), { minimumHolders: holders });
      // The guard of the role hears of it a moment later.
      await this.server.running.runtime.settled();
      return answer;
    },
    unit: ({ there }) =>
      this.toggle('administrativeUnits', there, { id: this.model.unit, body: { displayName: 'Branch office' } }),
    desk: ({ there }) =>
      this.toggle(`${directory}/roleDefinitions`, there, {
        id: this.model.desk,
        body: { displayName: 'Desk', rolePermissions: [{ allowedResourceActions: [resetPasswords] }] },
      }),
    separate: ({ pair, there }) =>
      this.toggle('/openpim/v1/separationOfDuty', there, {
        id: this.model.apart.get(pair) ?? null,
        body: { roleDefinitionIds: pair.map((name) => role[name]), reason: 'Four eyes' },
      }),
    wait: async ({ minutes }) => {
      await this.server.later(minutes);
      return null;
    },
  };

  async send(who: string, method: string, path: string, body?: object): Promise<Answer> {
    return this.server.call(await this.tokenOf(who, true), method, path, body);
  }

  /** Makes one when there is none, or deletes the one there is; nothing when it is so already. */
  private async toggle(
    set: string,
    there: boolean,
    { id: known, body }: { readonly id: string | null; readonly body: object },
  ): Promise<Answer | null> {
    if (there === (known !== null)) return null;
    return there ? this.send('ada', 'POST', set, body) : this.send('ada', 'DELETE', `${set}/${known}`);
  }

  private async request(by: string, asked: Request): Promise<Answer> {
    const set = asked.kind === 'eligibility' ? 'selfExtend' : 'selfActivate';
    const token = await this.tokenOf(by, asked.mfa ?? true);
    return this.server.call(token, 'POST', `${directory}/${setOf(set)}`, this.bodyOf(asked));
  }

  private bodyOf({ starts = 0, lasts, who, place, do: action }: Request): object {
    return {
      action,
      principalId: id[who],
      roleDefinitionId: this.roleIdOf(place),
      directoryScopeId: this.scopeOf(place),
      justification: 'Agreed with the team lead',
      ticketInfo: { ticketNumber: 'CHG-1', ticketSystem: 'ServiceNow' },
      ...(lasts === undefined ? {} : { scheduleInfo: scheduleInfo({ starts, lasts }, this.model.now) }),
    };
  }

  /** A unit that is not there when there is none. */
  private scopeOf(place: Place): string {
    return isInUnit(place) ? this.unitScope() : '/';
  }

  private unitScope(): string {
    return `/administrativeUnits/${this.model.unit ?? id.ada}`;
  }

  /** One that is nobody's when there is none. */
  private roleIdOf(place: Place): string {
    const name = roleOf(place);
    return name === desk ? (this.model.desk ?? id.ada) : role[name];
  }

  /** The id of an assignment among `roleAssignments`: of what was given outside PIM it is the schedule's own. */
  private instanceOf({ id: schedule, place, isOutside }: Hold): string {
    if (isOutside) return schedule;
    const bytes = Buffer.from(`${this.roleIdOf(place)}${schedule}`.replaceAll('-', ''), 'hex');
    return `${bytes.toString('base64url')}-1`;
  }

  private async tokenOf(who: string, mfa: boolean): Promise<string> {
    const key = `${who} ${mfa}`;
    const token = this.tokens.get(key) ?? (await this.server.token(who, { mfa, expiresIn: 100 * 365 * 86_400 }));
    this.tokens.set(key, token);
    return token;
  }
}

const policyOf = (of: RoleName): string =>
  `policies/roleManagementPolicies/DirectoryRole_e0000000-0000-4000-8000-000000000001_${role[of]}`;

const setOf = (what: Waiting['what']): string =>
  what === 'selfActivate' ? 'roleAssignmentScheduleRequests' : 'roleEligibilityScheduleRequests';

const scheduleInfo = ({ starts, lasts }: Times, now: number): object => ({
  startDateTime: starts === 0 ? null : new Date(now + starts * minute).toISOString(),
  expiration: lasts === null ? { type: 'noExpiration' } : { type: 'afterDuration', duration: `PT${lasts}M` },
});
