import { applyDecorators } from '@nestjs/common';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import type { PrincipalAttributes } from '@pim/contracts';

/** Whether a client said anything about a member at all: null is something. */
const isGiven = (_: object, value: unknown): boolean => value !== undefined;

/** Text that may be left out, or be null to clear it. */
export const Text = (most = 256): PropertyDecorator => applyDecorators(IsOptional(), IsString(), MaxLength(most));

/** Text that must be there. */
export const Name = (most = 256): PropertyDecorator => applyDecorators(IsString(), IsNotEmpty(), MaxLength(most));

/** Text that may be left out, but not be cleared. */
export const ChangedName = (most = 256): PropertyDecorator => applyDecorators(ValidateIf(isGiven), Name(most));

/** Yes or no, or left out. */
export const Flag = (): PropertyDecorator => applyDecorators(ValidateIf(isGiven), IsBoolean());

/** A few short texts. */
export const Texts = (many: number, most = 64): PropertyDecorator =>
  applyDecorators(
    ValidateIf(isGiven),
    IsArray(),
    ArrayMaxSize(many),
    IsString({ each: true }),
    MaxLength(most, { each: true }),
  );

/** Only null, or nothing: `why` says what cannot be had. */
export const Refused = (why: string): PropertyDecorator => applyDecorators(IsOptional(), IsIn([], { message: why }));

/** The members of a body that are attributes, where something was said about them. */
export const attributesIn = (
  body: object,
  names: readonly (keyof PrincipalAttributes)[],
): Partial<PrincipalAttributes> =>
  Object.fromEntries(
    names.map((name) => [name, Reflect.get(body, name) as unknown] as const).filter(([, value]) => value !== undefined),
  );
