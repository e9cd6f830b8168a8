import { Allow, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { uuid } from '@pim/kernel';

const isGuid = { message: '$property must be a GUID' };

/** A standing assignment (reference §1.2). */
export class StandingAssignmentDto {
  @IsString() @Matches(uuid, isGuid) readonly principalId!: string;
  @IsString() @Matches(uuid, isGuid) readonly roleDefinitionId!: string;
  @IsOptional() @IsString() @MaxLength(256) readonly directoryScopeId?: string | null;
  /** The older name of the same, which beta still takes. */
  @IsOptional() @IsString() @MaxLength(256) readonly resourceScope?: string | null;
  @IsOptional() @IsString() @MaxLength(256) readonly appScopeId?: string | null;
  @Allow() readonly '@odata.type'?: unknown;
}
