import { Allow, ArrayMaxSize, ArrayNotEmpty, IsArray, IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';

/** The rules to change; those left out stay as they are. What a rule may say is read by the domain. */
export class ChangePolicyDto {
  @ValidateIf(
    ({ minimumHolders, customExtension, emergencyAccess }: ChangePolicyDto) =>
      minimumHolders === undefined && customExtension === undefined && emergencyAccess === undefined,
  )
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(17)
  readonly rules?: unknown[];
  /** OpenPIM's own: how many permanent holders the role keeps at the least. */
  @IsOptional() @IsInt() @Min(0) @Max(1_000) readonly minimumHolders?: number;
  /** OpenPIM's own: which endpoint is asked before an activation; null: none. Read by the domain. */
  @Allow() readonly customExtension?: unknown;
  /** OpenPIM's own: who may activate in an emergency; null: nobody. Read by the domain. */
  @Allow() readonly emergencyAccess?: unknown;
  @Allow() readonly '@odata.type'?: unknown;
}
