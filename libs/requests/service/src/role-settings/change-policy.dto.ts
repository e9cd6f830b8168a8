import { Allow, ArrayMaxSize, ArrayNotEmpty, IsArray } from 'class-validator';

/** The rules to change; those left out stay as they are. What a rule may say is read by the domain. */
export class ChangePolicyDto {
  @IsArray() @ArrayNotEmpty() @ArrayMaxSize(17) readonly rules!: unknown[];
  @Allow() readonly '@odata.type'?: unknown;
}
