import { Allow, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const isGuid = { message: '$property must be a GUID' };

/** A standing assignment (reference §1.2). */
export class StandingAssignmentDto {
  @IsString() @Matches(guid, isGuid) readonly principalId!: string;
  @IsString() @Matches(guid, isGuid) readonly roleDefinitionId!: string;
  @IsOptional() @IsString() @MaxLength(256) readonly directoryScopeId?: string | null;
  /** The older name of the same, which beta still takes. */
  @IsOptional() @IsString() @MaxLength(256) readonly resourceScope?: string | null;
  @IsOptional() @IsString() @MaxLength(256) readonly appScopeId?: string | null;
  @Allow() readonly '@odata.type'?: unknown;
}
