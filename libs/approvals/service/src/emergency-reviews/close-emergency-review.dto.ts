import { IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';

/** What a reviewer makes of emergency access. */
export class CloseEmergencyReviewDto {
  @IsIn(['justified', 'unjustified'], { message: 'verdict must be justified or unjustified' })
  readonly verdict!: 'justified' | 'unjustified';
  @IsString()
  @IsNotEmpty({ message: 'comment must say why' })
  @MaxLength(4096)
  readonly comment!: string;
}
