import { IsIn } from 'class-validator';
import { Reason } from '@pim/platform';

/** What a reviewer makes of emergency access. */
export class CloseEmergencyReviewDto {
  @IsIn(['justified', 'unjustified'], { message: 'verdict must be justified or unjustified' })
  readonly verdict!: 'justified' | 'unjustified';
  @Reason(4096) readonly comment!: string;
}
