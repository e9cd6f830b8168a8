import { applyDecorators, type Type as Class } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsObject, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';

/** A text that says why, of at most so many characters: blanks alone say nothing. */
export const Reason = (most: number): PropertyDecorator =>
  applyDecorators(IsString(), Matches(/\S/, { message: '$property must say why' }), MaxLength(most));

/** A list of objects that are each checked by a class. A list inside the list would be taken for one without members. */
export const ListOf = (what: () => Class): PropertyDecorator =>
  applyDecorators(
    IsArray(),
    IsObject({ each: true, message: 'each of $property must be an object' }),
    ValidateNested({ each: true }),
    Type(what),
  );
