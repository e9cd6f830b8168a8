import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { uuid } from '@pim/kernel';
import { Reason } from '@pim/platform';

/** Whom the caller lets answer for them, and for how long. */
export class DelegationDto {
  @IsString() @Matches(uuid, { message: 'delegateId must be a GUID' }) readonly delegateId!: string;
  /** Left out: from now on. */
  @IsOptional() @IsString() @MaxLength(64) readonly startDateTime?: string | null;
  @IsString() @MaxLength(64) readonly endDateTime!: string;
  @Reason(1024) readonly justification!: string;
}
