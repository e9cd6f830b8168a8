import { Allow, IsBoolean, IsDefined } from 'class-validator';

/** The only change of a user that PIM itself makes. */
export class SwitchAccountDto {
  @IsDefined() @IsBoolean() readonly accountEnabled!: boolean;
  @Allow() readonly '@odata.type'?: unknown;
}
