import { applyDecorators } from '@nestjs/common';
import {
  Allow,
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { badRequest } from '@pim/assignments/domain';
import { ChangedName, Flag, Name, Refused, Text } from '../directory/directory-dto';
import type { NewCustomRole } from './create-role-definition.handler';
import { uuid } from '@pim/kernel';
import { ListOf } from '@pim/platform';

/** More than there are actions. */
const mostActions = 1000;
const mostSets = 20;

const conditions = 'condition is not supported for custom roles: leave it out, or send null';
const exclusions = 'excludedResourceActions is not supported for custom roles: list what is allowed';
const scopes = 'resourceScopes is deprecated and can only be ["/"]: say at which scope when you assign the role';

/** One set of permissions, as Graph has it. */
export class RolePermissionDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostActions)
  @IsString({ each: true })
  @MaxLength(256, { each: true })
  readonly allowedResourceActions!: readonly string[];
  @Refused(conditions) readonly condition?: null;
  @IsOptional() @ArrayMaxSize(0, { message: exclusions }) @IsArray() readonly excludedResourceActions?: readonly [];
  @Allow() readonly '@odata.type'?: unknown;
}

/** What may be said of a custom role, new or known. */
class CustomRoleDto {
  @Text(1024) readonly description?: string | null;
  @Flag() readonly isEnabled?: boolean;
  @Text(64) readonly version?: string | null;
  @IsOptional() @Matches(uuid, { message: 'templateId must be a GUID' }) readonly templateId?: string | null;
  @IsOptional()
  @ArrayMaxSize(1)
  @IsIn(['/'], { each: true, message: scopes })
  @IsArray()
  readonly resourceScopes?: readonly string[] | null;
  /** Read-only: clients that send back what they read send these, too. */
  @Allow() readonly id?: unknown;
  @Allow() readonly isBuiltIn?: unknown;
  @Allow() readonly isPrivileged?: unknown;
  @Allow() readonly allowedPrincipalTypes?: unknown;
  @Allow() readonly inheritsPermissionsFrom?: unknown;
  @Allow() readonly '@odata.type'?: unknown;
  @Allow() readonly '@odata.context'?: unknown;
  @Allow() readonly 'inheritsPermissionsFrom@odata.context'?: unknown;
}

const Permissions = (): PropertyDecorator =>
  applyDecorators(
    ArrayMinSize(1),
    ArrayMaxSize(mostSets),
    ListOf(() => RolePermissionDto),
  );

/** What Graph wants to know of a new role. */
export class NewRoleDefinitionDto extends CustomRoleDto {
  @Name() readonly displayName!: string;
  @Permissions() readonly rolePermissions!: readonly RolePermissionDto[];
}

const isGiven = (_: object, value: unknown): boolean => value !== undefined;

export class RoleDefinitionDto extends CustomRoleDto {
  @ChangedName() readonly displayName?: string;
  @ValidateIf(isGiven) @Permissions() readonly rolePermissions?: readonly RolePermissionDto[];
}

/** The sets as they are kept. */
const setsIn = (sets: readonly RolePermissionDto[]): NewCustomRole['rolePermissions'] =>
  sets.map(({ allowedResourceActions }) => ({ allowedResourceActions }));

/** The role that a client wants; enabled unless it says otherwise. */
export const newRoleIn = (body: NewRoleDefinitionDto): NewCustomRole => {
  const { displayName, description = null, isEnabled = true, version = null } = body;
  return { displayName, description, isEnabled, version, rolePermissions: setsIn(body.rolePermissions) };
};

/**
 * What a client wants changed. Throws `Request_BadRequest` for another `templateId`: it is the role's id, and assignments,
 * settings and records name the role by it.
 */
export const changesIn = (body: RoleDefinitionDto, id: string): Partial<NewCustomRole> => {
  const { displayName, description, isEnabled, version, templateId, rolePermissions } = body;
  if (templateId && templateId.toLowerCase() !== id)
    throw badRequest(
      'templateId is the id of the role and cannot be changed. Create another role with this templateId.',
    );
  const given = {
    displayName,
    description,
    isEnabled,
    version,
    rolePermissions: rolePermissions && setsIn(rolePermissions),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
};
