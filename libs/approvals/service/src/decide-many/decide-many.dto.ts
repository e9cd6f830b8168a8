import { ArrayMaxSize, ArrayMinSize, IsOptional, IsString, Matches } from 'class-validator';
import { uuid } from '@pim/kernel';
import { ListOf } from '@pim/platform';
import { DecideStepDto } from '../decide/decide-step.dto';

/** An answer to one approval; without `stepId` to the step that is asked. */
export class OneDecisionDto extends DecideStepDto {
  @IsString() @Matches(uuid, { message: 'approvalId must be a GUID' }) readonly approvalId!: string;
  @IsOptional() @Matches(uuid, { message: 'stepId must be a GUID' }) readonly stepId?: string | null;
}

export class DecideManyDto {
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ListOf(() => OneDecisionDto)
  readonly decisions!: readonly OneDecisionDto[];
}
