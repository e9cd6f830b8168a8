import type {
  AuthenticationContextRule,
  EnablementRule,
  ExpirationRule,
  NotificationRule,
  PolicyRule,
} from '@pim/contracts';
import { readApproval } from './graph-approval';
import { flag, listOf, member, oneOf, orNull, placeIn, refuseUnknown, text, type Place } from './graph-rule-shape';
import { graphTypes } from './graph-rule';
import { isObject, typeOf } from './json-shape';
import type { Policy } from './policy';
import { enablements, invalidRule } from './policy-check';
import { targetOf } from './policy-defaults';

/** What every rule carries beside its content. */
const commonMembers = ['id', 'target'];

const contentMembers: Readonly<Record<PolicyRule['type'], readonly string[]>> = {
  expiration: ['isExpirationRequired', 'maximumDuration'],
  enablement: ['enabledRules'],
  approval: ['setting'],
  authenticationContext: ['isEnabled', 'claimValue'],
  notification: [
    'notificationType',
    'recipientType',
    'notificationLevel',
    'isDefaultRecipientsEnabled',
    'notificationRecipients',
  ],
};

const readExpiration = (place: Place, stored: ExpirationRule): ExpirationRule => ({
  ...stored,
  isExpirationRequired: member(place, 'isExpirationRequired', stored.isExpirationRequired, flag),
  maximumDuration: member(place, 'maximumDuration', stored.maximumDuration, text(64)),
});

const readEnablement = (place: Place, stored: EnablementRule): EnablementRule => ({
  ...stored,
  enabledRules: [...new Set(member(place, 'enabledRules', stored.enabledRules, listOf(oneOf(enablements))))],
});

const readContext = (place: Place, stored: AuthenticationContextRule): AuthenticationContextRule => {
  const isEnabled = member(place, 'isEnabled', stored.isEnabled, flag);
  const claimValue = member(place, 'claimValue', stored.claimValue, orNull(text(64)));
  return { ...stored, isEnabled, claimValue: isEnabled ? claimValue : null };
};

const readNotification = (place: Place, stored: NotificationRule): NotificationRule => ({
  ...stored,
  notificationType: member(place, 'notificationType', stored.notificationType, oneOf(['Email'])),
  recipientType: member(place, 'recipientType', stored.recipientType, oneOf(['Requestor', 'Approver', 'Admin'])),
  notificationLevel: member(place, 'notificationLevel', stored.notificationLevel, oneOf(['None', 'Critical', 'All'])),
  isDefaultRecipientsEnabled: member(place, 'isDefaultRecipientsEnabled', stored.isDefaultRecipientsEnabled, flag),
  notificationRecipients: member(place, 'notificationRecipients', stored.notificationRecipients, listOf(text(320))),
});

const readContent = (place: Place, stored: PolicyRule): PolicyRule => {
  switch (stored.type) {
    case 'expiration':
      return readExpiration(place, stored);
    case 'enablement':
      return readEnablement(place, stored);
    case 'approval':
      return readApproval(place, stored);
    case 'authenticationContext':
      return readContext(place, stored);
    case 'notification':
      return readNotification(place, stored);
  }
};

/** Caller and level are implied by the rule's id: naming others is an error, the rest of a target is not looked at. */
const refuseOtherTarget = (place: Place): void => {
  if (place.body['target'] === null) return;
  const target = placeIn(place, 'target');
  if (!target) return;
  const { caller, level } = targetOf(place.ruleId);
  member(target, 'caller', caller, oneOf([caller]));
  member(target, 'level', level, oneOf([level]));
};

/**
 * Reads a rule as clients PATCH it, in either version's shape. Members the body does not have stay as stored; enum
 * members may be in any case. Throws `InvalidPolicyRule` naming the member that is wrong; whether the values make
 * sense together is for `ChangePolicyRules` to say (reference §3.7).
 */
export const fromGraphRule = (json: unknown, stored: PolicyRule): PolicyRule => {
  const { id: ruleId, type } = stored;
  if (!isObject(json)) throw invalidRule(ruleId, 'it must be a JSON object.');
  if (typeOf(json) !== graphTypes[type]) throw invalidRule(ruleId, `@odata.type must be #${graphTypes[type]}.`);
  if (json['id'] !== undefined && json['id'] !== ruleId) throw invalidRule(ruleId, 'id cannot be changed.');
  const place: Place = { ruleId, path: '', body: json };
  refuseUnknown(place, [...commonMembers, ...contentMembers[type]]);
  refuseOtherTarget(place);
  return readContent(place, stored);
};

/** Reads the `rules` of a policy as clients PATCH it. A rule without one of the 17 ids is `InvalidPolicyRule`. */
export const fromGraphRules = (json: unknown, policy: Policy): readonly PolicyRule[] => {
  if (!Array.isArray(json)) throw invalidRule('(none)', 'rules must be a list of rules.');
  return json.map((item: unknown) => {
    const id = isObject(item) ? item['id'] : undefined;
    const stored = policy.rules.find((rule) => rule.id === id);
    if (!stored) throw invalidRule(typeof id === 'string' ? id.slice(0, 64) : '(none)', 'no rule has this id.');
    return fromGraphRule(item, stored);
  });
};
