import { Allow, IsDefined, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
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
  @Allow() readonly '@odata.type'?: unknown;
}
