import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { uuid } from '@pim/kernel';
import { DecideStepDto } from '../decide/decide-step.dto';

/** An answer to one approval; without `stepId` to the step that is asked. */
export class OneDecisionDto extends DecideStepDto {
  @IsString() @Matches(uuid, { message: 'approvalId must be a GUID' }) readonly approvalId!: string;
  @IsOptional() @Matches(uuid, { message: 'stepId must be a GUID' }) readonly stepId?: string | null;
}

export class DecideManyDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => OneDecisionDto)
  readonly decisions!: readonly OneDecisionDto[];
}
