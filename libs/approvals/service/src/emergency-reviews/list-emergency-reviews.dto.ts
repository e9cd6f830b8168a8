import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';

/** Which reviews are listed. */
export class ListEmergencyReviewsDto {
  @IsOptional()
  @IsIn(['open', 'closed'], { message: 'status must be open or closed' })
  readonly status?: 'open' | 'closed';
  @IsOptional() @Type(() => Number) @IsInt() @Min(0) @Max(1_000_000) readonly skip: number = 0;
}
