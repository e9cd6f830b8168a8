import { IsBoolean, IsDefined, IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { uuid } from '@pim/kernel';

const isGuid = { message: '$property must be a GUID' };

/** What every schedule request may say (reference §1.3, §1.9): shape and limits only, the rules come later. */
export class ScheduleRequestDto {
  @IsDefined({ message: 'Value cannot be null. Parameter name: action' })
  @IsString()
  @MaxLength(64)
  readonly action!: string;
  @IsString() @Matches(uuid, isGuid) readonly principalId!: string;
  /** Read by the domain, which knows every combination. */
  @IsOptional() @IsObject() readonly scheduleInfo?: object | null;
  @IsOptional() @IsString() @MaxLength(4096) readonly justification?: string | null;
  @IsOptional() @IsObject() readonly ticketInfo?: object | null;
  @IsOptional() @IsString() @MaxLength(256) readonly targetScheduleId?: string | null;
  @IsOptional() @IsBoolean() readonly isValidationOnly?: boolean | null;
  @IsOptional() @IsString() @MaxLength(4096) readonly customData?: string | null;
  /** OpenPIM's own: an activation as emergency access. */
  @IsOptional() @IsBoolean() readonly isEmergency?: boolean | null;
}

/** A request about a directory role. */
export class SubmitRequestDto extends ScheduleRequestDto {
  @IsString() @Matches(uuid, isGuid) readonly roleDefinitionId!: string;
  @IsOptional() @IsString() @MaxLength(256) readonly directoryScopeId?: string | null;
  @IsOptional() @IsString() @MaxLength(256) readonly appScopeId?: string | null;
}

/** A request about a group's members or owners. */
export class SubmitGroupRequestDto extends ScheduleRequestDto {
  @IsString()
  @Matches(/^(?:member|owner)$/i, { message: 'accessId must be member or owner' })
  readonly accessId!: string;
  @IsString() @Matches(uuid, isGuid) readonly groupId!: string;
}
