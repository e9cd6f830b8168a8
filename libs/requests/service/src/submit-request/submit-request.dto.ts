import { IsBoolean, IsDefined, IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const isGuid = { message: '$property must be a GUID' };

/** What a client may say in a schedule request (reference §1.3): shape and limits only, the rules come later. */
export class SubmitRequestDto {
  @IsDefined({ message: 'Value cannot be null. Parameter name: action' })
  @IsString()
  @MaxLength(64)
  readonly action!: string;
  @IsString() @Matches(guid, isGuid) readonly principalId!: string;
  @IsString() @Matches(guid, isGuid) readonly roleDefinitionId!: string;
  @IsOptional() @IsString() @MaxLength(256) readonly directoryScopeId?: string | null;
  @IsOptional() @IsString() @MaxLength(256) readonly appScopeId?: string | null;
  /** Read by the domain, which knows every combination. */
  @IsOptional() @IsObject() readonly scheduleInfo?: object | null;
  @IsOptional() @IsString() @MaxLength(4096) readonly justification?: string | null;
  @IsOptional() @IsObject() readonly ticketInfo?: object | null;
  @IsOptional() @IsString() @MaxLength(256) readonly targetScheduleId?: string | null;
  @IsOptional() @IsBoolean() readonly isValidationOnly?: boolean | null;
  @IsOptional() @IsString() @MaxLength(4096) readonly customData?: string | null;
}
