import { Allow, IsDefined, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Transform } from 'class-transformer';

const canonical: Readonly<Record<string, 'Approve' | 'Deny'>> = {
  approve: 'Approve',
  approved: 'Approve',
  deny: 'Deny',
  denied: 'Deny',
};

/** An approver's answer; both spellings of the result are accepted (reference §1.7.1). */
export class DecideStepDto {
  @IsDefined()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? (canonical[value.toLowerCase()] ?? value) : value,
  )
  @IsIn(['Approve', 'Deny'])
  readonly reviewResult!: 'Approve' | 'Deny';
  @IsOptional() @IsString() @MaxLength(4096) readonly justification?: string | null;
  /** OpenPIM's own: what the approver was shown; an answer about anything else is refused. */
  @IsOptional()
  @Matches(/^[0-9a-f]{64}$/, { message: 'requestDigest must be the one that the step was read with' })
  readonly requestDigest?: string | null;
  /** OpenPIM's own: for how long they agree at the most, as an ISO 8601 duration. */
  @IsOptional() @IsString() @MaxLength(64) readonly maximumDuration?: string | null;
  /** OpenPIM's own: for which scope they agree at the most. */
  @IsOptional() @IsString() @MaxLength(256) readonly directoryScopeId?: string | null;
  @Allow() readonly '@odata.type'?: unknown;
}
