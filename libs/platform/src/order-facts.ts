import { Inject, Injectable } from '@nestjs/common';
import {
  isEnabled,
  type Clash,
  type OrderFacts,
  type PrincipalState,
  type RoleDefinitionState,
  type RoleScheduleState,
} from '@pim/assignments/domain';
import {
  accessIdOf,
  isProtectedRole,
  roleScheduleId,
  type AccessId,
  type Instant,
  type ScheduleOrder,
} from '@pim/contracts';
import { within, type Clock, type Journal } from '@pim/engine';
import { membershipsIn, principalView, roleScheduleView, type Membership } from './directory-roles';
import { roleDefinitionOf } from './role-definitions';
import { scopeFacts, type ScopeFacts } from './scope-facts';
import { Separation } from './separation';
import { CLOCK, JOURNAL } from './tokens';

/** The guard's state and the facts it judges an order under; `roleKnown` false: there is no such role or group. */
export interface OrderGround {
  readonly role: RoleScheduleState;
  readonly roleKnown: boolean;
  readonly scope: ScopeFacts;
  readonly facts: OrderFacts;
}

type Subject = Pick<ScheduleOrder, 'kind' | 'action' | 'principalId' | 'roleDefinitionId' | 'directoryScopeId'>;

/** What there is to know of the role itself, or of the group whose members and owners it is about. */
interface Target {
  readonly isKnown: boolean;
  readonly isEnabled: boolean;
  /** Whether a group may be given it. */
  readonly takesGroups: (principal: PrincipalState) => boolean;
  readonly isHeldOutside: boolean;
  readonly mustKeepOne: boolean;
}

const roleTarget = (definition: RoleDefinitionState): Target => ({
  isKnown: definition.status === 'known',
  isEnabled: definition.status === 'known' && definition.isEnabled,
  takesGroups: (principal) => principal.status === 'known' && principal.isAssignableToRole,
  isHeldOutside: false,
  mustKeepOne: false,
});

const nothing: Target = {
  isKnown: false,
  isEnabled: false,
  takesGroups: () => false,
  isHeldOutside: false,
  mustKeepOne: false,
};

/**
 * A group may be eligible in another one; active only as a member, and only where that one holds no roles (reference §1.9).
 * Into one that may hold roles only such a group gets: who is in others is not for administrators of roles to say.
 */
const groupTarget = (group: PrincipalState, accessId: AccessId, { kind, principalId }: Subject): Target => {
  if (group.status !== 'known' || group.principalType !== 'group') return nothing;
  const takesGroups = (principal: PrincipalState): boolean =>
    group.isAssignableToRole
      ? kind === 'eligibility' && principal.status === 'known' && principal.isAssignableToRole
      : kind === 'eligibility' || accessId === 'member';
  return {
    isKnown: true,
    isEnabled: true,
    takesGroups,
    isHeldOutside: (accessId === 'member' ? group.members : group.owners).has(principalId),
    mustKeepOne: accessId === 'owner' && group.owners.size === 0,
  };
};

const targetOf = async (journal: Journal, subject: Subject): Promise<Target> => {
  const { roleDefinitionId, directoryScopeId } = subject;
  const accessId = accessIdOf(roleDefinitionId);
  if (accessId === null) return roleTarget(await roleDefinitionOf(journal, roleDefinitionId));
  return groupTarget((await journal.load(principalView, directoryScopeId)).state, accessId, subject);
};

/** A group has no scopes within it. */
const wholeGroup: ScopeFacts = { isKnown: true, isAllowed: true };

const endsOf = (memberships: ReadonlyMap<string, Membership>): Readonly<Record<string, Instant>> =>
  Object.fromEntries([...memberships].flatMap(([id, { until }]) => (until === null ? [] : [[id, until] as const])));

type BareGround = Omit<OrderGround, 'facts'> & { readonly facts: Omit<OrderFacts, 'clashes'> };

const bareGround = async (journal: Journal, subject: Subject, now: Instant): Promise<BareGround> => {
  const { principalId, roleDefinitionId, directoryScopeId } = subject;
  const [{ state: role }, target, scope, { state: principal }] = await Promise.all([
    journal.load(roleScheduleView, roleScheduleId(roleDefinitionId, directoryScopeId)),
    targetOf(journal, subject),
    accessIdOf(roleDefinitionId) === null ? scopeFacts(journal, subject) : wholeGroup,
    journal.load(principalView, principalId),
  ]);
  const memberships = await membershipsIn(journal, role, principalId, now);
  // An administrative unit is where roles are held, never who holds them; and nothing is in itself.
  const known =
    principal.status === 'known' &&
    principal.principalType !== 'administrativeUnit' &&
    principalId !== directoryScopeId;
  return {
    role,
    roleKnown: target.isKnown,
    scope,
    facts: {
      now,
      principalType: principal.status === 'absent' ? 'user' : principal.principalType,
      principalEnabled: isEnabled(principal),
      groupIds: [...memberships.keys()],
      membershipEnds: endsOf(memberships),
      isProtected: isProtectedRole(roleDefinitionId, directoryScopeId),
      roleEnabled: target.isEnabled && scope.isKnown && scope.isAllowed,
      isAssignableToRole: target.takesGroups(principal),
      isHeldOutside: target.isHeldOutside,
      mustKeepOne: target.mustKeepOne,
      isOfGroup: accessIdOf(roleDefinitionId) !== null,
      isPrincipalKnown: known,
    },
  };
};

/** How long an emergency waits for what read models have to say, in milliseconds: one that hangs never answers. */
const patienceMs = 1_000;

const tooLate = (): Error => new Error('Read models do not answer.');

/**
 * Everything an order is judged by, from the log. The guard gathers it to decide, the requests service to forecast the
 * same decision.
 */
@Injectable()
export class OrderGrounds {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly separation: Separation,
  ) {}

  /** As of now, which is in the facts. Throws 503 when it is not to be found out where a role is held that must be apart from this one. */
  of(subject: Subject): Promise<OrderGround> {
    return this.ground(subject, (now) => this.separation.clashesOf(subject, now));
  }

  /**
   * The same where nothing but the log may stand in the way. Whether roles must be apart is then left out when it is not to
   * be found out in a second: whoever carries the order out looks again, and takes back what must not be.
   */
  inEmergency(subject: Subject): Promise<OrderGround> {
    return this.ground(subject, (now) =>
      within(patienceMs, this.separation.clashesOf(subject, now), tooLate).catch(() => []),
    );
  }

  private async ground(subject: Subject, clashesAt: (now: Instant) => Promise<readonly Clash[]>): Promise<OrderGround> {
    const now = this.clock.now();
    const [{ facts, ...ground }, clashes] = await Promise.all([bareGround(this.journal, subject, now), clashesAt(now)]);
    return { ...ground, facts: { ...facts, clashes } };
  }
}
