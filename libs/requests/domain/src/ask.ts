import type {
  Actor,
  ApprovalTerms,
  Authentication,
  CustomExtensionTerms,
  Instant,
  PrincipalType,
  RequestContent,
  RequestedSchedule,
  ScheduleAction,
  ScheduleKind,
  ScheduleOrder,
  Ticket,
} from '@pim/contracts';
import { Rejection } from '@pim/kernel';
import { isGiven, isObject, memberOf } from './json-shape';
import type { Policy } from './policy';
import type { RoleView } from './role-view';

/** Every action of Graph's enum (reference §2.1). */
const actions: readonly ScheduleAction[] = [
  'adminAssign',
  'adminUpdate',
  'adminRemove',
  'adminExtend',
  'adminRenew',
  'selfActivate',
  'selfDeactivate',
  'selfExtend',
  'selfRenew',
];

/** A well-formed request, before anybody looked at rules. */
export interface Ask {
  readonly requestId: string;
  readonly kind: ScheduleKind;
  readonly action: ScheduleAction;
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string | null;
  readonly appScopeId: string | null;
  readonly schedule: RequestedSchedule | null;
  readonly justification: string | null;
  readonly ticket: Ticket | null;
  readonly isValidationOnly: boolean;
  readonly targetScheduleId: string | null;
  readonly customData: string | null;
  /** Whether it is asked for as emergency access: nobody's yes is waited for, and a review follows. */
  readonly isEmergency: boolean;
}

/** What is known of the principal a request is about; `known` false makes the rest meaningless. */
export interface PrincipalFacts {
  readonly known: boolean;
  readonly type: PrincipalType;
  readonly enabled: boolean;
  /** The groups it is a member of. */
  readonly groupIds: readonly string[];
  /** Its manager, the manager's manager, and so on: as many as approvals may ask for. */
  readonly managerIds: readonly string[];
  /** Groups only: whether this may be given to it. */
  readonly isAssignableToRole: boolean;
}

/** The world a request is judged in. */
export interface Facts {
  readonly now: Instant;
  readonly caller: {
    readonly actor: Actor;
    readonly authentication: Authentication | null;
    /** Whether it may use the admin actions (reference §4.3). */
    readonly isAdministrator: boolean;
  };
  readonly policy: Policy;
  /** The role at the scope asked for. */
  readonly role: RoleView;
  readonly roleExists: boolean;
  /** Whether the scope asked for exists, and whether the role can be held there. */
  readonly scope: { readonly isKnown: boolean; readonly isAllowed: boolean };
  /** Whether the principal is eligible for the role at another scope: then that is what is wrong with an activation. */
  readonly isEligibleElsewhere: boolean;
  /** Whether it is about a group's members or owners: then the scope is the group, and `roleExists` says if it exists. */
  readonly isOfGroup: boolean;
  readonly roleEnabled: boolean;
  readonly principal: PrincipalFacts;
  /** Whether another request of its sort, for the same principal, role and scope, still waits for somebody's answer. */
  readonly pendingRequestExists: boolean;
}

/** Why a request is refused: Graph's code and message. `context`: the authentication context that is missing. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly context?: string;
}

/** What a caller who may not ask for this is answered with, as 403; every other refusal is a 400 (reference §5.2). */
export const deniedCode = 'Authorization_RequestDenied';

/** How a request is answered. `content` is what is recorded of it either way. */
export type Verdict =
  | (Refusal & { readonly verdict: 'refused'; readonly content: RequestContent })
  | {
      readonly verdict: 'accepted';
      readonly content: RequestContent;
      readonly order: ScheduleOrder;
      readonly approval: ApprovalTerms | null;
      /** Whether it waits for an administrator instead (reference §4.10). */
      readonly awaitsAdministrator: boolean;
      /** What is asked before anybody else is; null: nothing. */
      readonly customExtension: CustomExtensionTerms | null;
      readonly isEmergency: boolean;
    };

/** 400 for a combination of members that means nothing. */
export const invalidRequest = (why: string): Rejection =>
  new Rejection('invalid', 'InvalidRoleAssignmentRequest', `The role assignment request is invalid: ${why}`);

/** Reads `action`, in any case. Throws for null with the text of Microsoft's service (reference §1.3). */
export const readAction = (value: unknown): ScheduleAction => {
  if (!isGiven(value)) throw new Rejection('invalid', 'BadRequest', 'Value cannot be null.\r\nParameter name: action');
  const action = memberOf(actions, value);
  if (!action) throw invalidRequest(`action must be one of ${actions.join(', ')}.`);
  return action;
};

const readText = (value: unknown, name: string): string | null => {
  if (!isGiven(value)) return null;
  if (typeof value !== 'string' || value.length > 1024)
    throw invalidRequest(`ticketInfo.${name} must be text of at most 1024 characters.`);
  return value;
};

/** Reads `ticketInfo`; nothing sent is null. */
export const readTicket = (value: unknown): Ticket | null => {
  if (!isGiven(value)) return null;
  if (!isObject(value)) throw invalidRequest('ticketInfo must be an object.');
  return {
    ticketNumber: readText(value['ticketNumber'], 'ticketNumber'),
    ticketSystem: readText(value['ticketSystem'], 'ticketSystem'),
  };
};
