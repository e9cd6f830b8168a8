import { Inject, Injectable } from '@nestjs/common';
import type { ApprovalStageTerms, Approver } from '@pim/contracts';
import type { Documents } from '@pim/engine';
import { ADMINISTRATORS, DOCUMENTS, roleDefinitions, type RoleDefinitionDocument } from '@pim/platform';
import { principalNames } from '../principal-names';

/** Somebody who may agree, by name; of a role, whoever holds it then. */
export interface ApproverView {
  readonly type: 'user' | 'group' | 'directoryRole';
  readonly id: string;
  readonly displayName: string | null;
}

/** One stage of an approval. */
export interface StageView {
  readonly approvers: readonly ApproverView[];
  readonly requiredApprovals: number;
  readonly isApproverJustificationRequired: boolean;
  /** How long they have. */
  readonly timeOutInDays: number;
}

const dayMs = 24 * 60 * 60_000;

/** Says by name whom role settings name as approvers. */
@Injectable()
export class NamedApprovers {
  constructor(@Inject(DOCUMENTS) private readonly documents: Documents) {}

  /** A stage that names nobody is decided by the default approvers; a group has none (reference §3.4). */
  async of(stages: readonly ApprovalStageTerms[], isOfGroup: boolean): Promise<readonly StageView[]> {
    const named = stages.flatMap(({ approvers }) => approvers);
    const ids = named.map(({ id }) => id);
    const names = await principalNames(this.documents, ids);
    const byDefault = isOfGroup ? [] : await this.administrators();
    return stages.map((stage) => ({
      approvers: stage.approvers.length === 0 ? byDefault : stage.approvers.map((one) => approver(one, names)),
      requiredApprovals: stage.requiredApprovals,
      isApproverJustificationRequired: stage.isApproverJustificationRequired,
      timeOutInDays: stage.windowMs / dayMs,
    }));
  }

  private async administrators(): Promise<readonly ApproverView[]> {
    const filter = { id: { $in: [...ADMINISTRATORS] } };
    const roles = await this.documents.find<RoleDefinitionDocument>(roleDefinitions.collection, { filter });
    return roles.map(({ id, displayName }) => ({ type: 'directoryRole', id, displayName }));
  }
}

const approver = ({ type, id }: Approver, names: ReadonlyMap<string, string | null>): ApproverView => ({
  type: type === 'singleUser' ? 'user' : 'group',
  id,
  displayName: names.get(id) ?? null,
});
