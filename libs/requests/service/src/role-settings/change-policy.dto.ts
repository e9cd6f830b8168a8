import { Allow, ArrayMaxSize, ArrayNotEmpty, IsArray, IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';

/** The rules to change; those left out stay as they are. What a rule may say is read by the domain. */
export class ChangePolicyDto {
  @ValidateIf(({ minimumHolders }: ChangePolicyDto) => minimumHolders === undefined)
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(17)
  readonly rules?: unknown[];
  /** OpenPIM's own: how many permanent holders the role keeps at the least. */
  @IsOptional() @IsInt() @Min(0) @Max(1_000) readonly minimumHolders?: number;
  @Allow() readonly '@odata.type'?: unknown;
}
