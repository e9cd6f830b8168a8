import { IsNotEmpty, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { uuid } from '@pim/kernel';

/** Whom the caller lets answer for them, and for how long. */
export class DelegationDto {
  @IsString() @Matches(uuid, { message: 'delegateId must be a GUID' }) readonly delegateId!: string;
  /** Left out: from now on. */
  @IsOptional() @IsString() @MaxLength(64) readonly startDateTime?: string | null;
  @IsString() @MaxLength(64) readonly endDateTime!: string;
  @IsString()
  @IsNotEmpty({ message: 'justification must say why' })
  @MaxLength(1024)
  readonly justification!: string;
}
