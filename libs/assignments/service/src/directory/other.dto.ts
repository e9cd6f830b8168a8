import { Allow, ArrayMaxSize, IsArray, IsOptional, Matches, IsString, MaxLength } from 'class-validator';
import { ChangedName, Flag, Name, Refused, Text, Texts } from './directory-dto';
import { uuid } from '@pim/kernel';

const noRules = 'membershipRule is not supported: membership is never computed here. Add members one by one';

export class NewServicePrincipalDto {
  @Matches(uuid, { message: 'appId must be a GUID' }) readonly appId!: string;
  /** The application's name; Microsoft takes it from the application, which is not kept here. */
  @Text() readonly displayName?: string | null;
  @Text(1024) readonly description?: string | null;
  @Flag() readonly accountEnabled?: boolean;
  @Allow() readonly '@odata.type'?: unknown;
}

export class ServicePrincipalDto {
  @ChangedName() readonly displayName?: string;
  @Text(1024) readonly description?: string | null;
  @Flag() readonly accountEnabled?: boolean;
  @Allow() readonly '@odata.type'?: unknown;
}

class UnitAttributesDto {
  @Text(1024) readonly description?: string | null;
  @Text(32) readonly visibility?: string | null;
  @Refused(noRules) readonly membershipRule?: null;
  @Refused(noRules) readonly membershipRuleProcessingState?: null;
  @Allow() readonly '@odata.type'?: unknown;
}

export class NewAdministrativeUnitDto extends UnitAttributesDto {
  @Name() readonly displayName!: string;
}

export class AdministrativeUnitDto extends UnitAttributesDto {
  @ChangedName() readonly displayName?: string;
}

/** `{"@odata.id": "https://…/directoryObjects/{id}"}` */
export class ReferenceDto {
  @IsString() @MaxLength(512) readonly '@odata.id'!: string;
  @Allow() readonly '@odata.type'?: unknown;
}

export class GetByIdsDto {
  @IsArray()
  @ArrayMaxSize(1000)
  @Matches(uuid, { each: true, message: 'ids must be GUIDs' })
  readonly ids!: readonly string[];
  @IsOptional() @Texts(20) readonly types?: readonly string[] | null;
}
