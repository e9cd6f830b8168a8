import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { uuid } from '@pim/kernel';

const isGuid = { message: '$property must be a GUID' };

/** Which role, and where. */
export class PreviewDto {
  @IsString() @Matches(uuid, isGuid) readonly roleDefinitionId!: string;
  /** The tenant when it is left out. */
  @IsOptional() @IsString() @MaxLength(256) readonly directoryScopeId?: string;
}

/** Which group, and what to be in it. */
export class PreviewGroupDto {
  @IsString()
  @Matches(/^(?:member|owner)$/i, { message: 'accessId must be member or owner' })
  readonly accessId!: string;
  @IsString() @Matches(uuid, isGuid) readonly groupId!: string;
}
