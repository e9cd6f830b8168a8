import type { AlertEvent, CustomExtensionChanged, EmergencyAccessChanged, PolicyEvent } from '@pim/contracts';
import { canonicalJson } from '@pim/kernel';
import type { Decisions, Entry } from './entry';
import { modified, principalTarget, roleDetails, roleTarget, target } from './targets';

type OwnChange = Omit<(CustomExtensionChanged | EmergencyAccessChanged)['data'], 'customExtension' | 'emergencyAccess'>;

const ownSetting = ({ policyId, roleDefinitionId, version, by }: OwnChange, name: string, value: unknown): Entry => ({
  activity: 'Update role setting in PIM',
  operation: 'Update',
  by,
  targets: [roleTarget(roleDefinitionId, [modified(name, canonicalJson(value))]), target('Policy', policyId)],
  details: { ...roleDetails(roleDefinitionId), PolicyId: policyId, PolicyVersion: String(version) },
});

/** Role settings: each rule that was sent is a modified property, its whole new content the new value. */
export const policyEntries: Decisions<PolicyEvent> = {
  PolicyRulesChanged: ({ policyId, roleDefinitionId, version, rules, by }) => ({
    activity: 'Update role setting in PIM',
    operation: 'Update',
    by,
    targets: [
      roleTarget(
        roleDefinitionId,
        rules.map((rule) => modified(rule.id, canonicalJson(rule))),
      ),
      target('Policy', policyId),
    ],
    details: { ...roleDetails(roleDefinitionId), PolicyId: policyId, PolicyVersion: String(version) },
  }),
  MinimumHoldersChanged: ({ policyId, roleDefinitionId, minimum, by }) => ({
    activity: 'Update role setting in PIM',
    operation: 'Update',
    by,
    targets: [roleTarget(roleDefinitionId, [modified('MinimumHolders', String(minimum))]), target('Policy', policyId)],
    details: { ...roleDetails(roleDefinitionId), PolicyId: policyId, MinimumHolders: String(minimum) },
  }),
  CustomExtensionChanged: (data) => ownSetting(data, 'CustomExtension', data.customExtension),
  EmergencyAccessChanged: (data) => ownSetting(data, 'EmergencyAccess', data.emergencyAccess),
};

/** Alerts come and go by themselves. */
export const alertEntries: Decisions<AlertEvent> = {
  AlertTriggered: ({ alertId, name, severity, roleDefinitionId, holders }) => ({
    activity: 'Triggered PIM alert',
    operation: 'Add',
    targets: [
      roleTarget(roleDefinitionId),
      ...holders.map((holder) => principalTarget(holder, 'user')),
      target('Other', alertId),
    ],
    reason: name,
    details: { ...roleDetails(roleDefinitionId), AlertId: alertId, Severity: severity },
  }),
  AlertResolved: ({ alertId }) => ({
    activity: 'Resolve PIM alert',
    operation: 'Update',
    targets: [target('Other', alertId)],
    details: { AlertId: alertId },
  }),
};
