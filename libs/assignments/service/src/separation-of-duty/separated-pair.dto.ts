import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, Matches } from 'class-validator';
import { uuid } from '@pim/kernel';
import { Reason } from '@pim/platform';

const two = { message: 'roleDefinitionIds must be the ids of two roles' };

/** Two roles that nobody may have together; OpenPIM's own, because Graph has nothing like it. */
export class SeparatedPairDto {
  @IsArray(two)
  @ArrayMinSize(2, two)
  @ArrayMaxSize(2, two)
  @IsString({ each: true })
  @Matches(uuid, { each: true, message: 'each of roleDefinitionIds must be a GUID' })
  readonly roleDefinitionIds!: readonly [string, string];
  @Reason(1024) readonly reason!: string;
}
