import { Rejection } from '@pim/kernel';
import type { EntitySchema } from './schema';

/** Long filters are quoted by their beginning, so that an error never echoes kilobytes back. */
const quotedLength = 200;

/** An option that cannot be read: 400 `BadRequest`. */
export const badRequest = (message: string): Rejection => new Rejection('invalid', 'BadRequest', message);

/** A `$filter` or `$orderby` that cannot be answered: 400 `InvalidFilter` in Graph's wording (reference §5.2). */
export const invalidFilter = (text: string, reason: string): Rejection => {
  const quoted = text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text;
  return new Rejection('invalid', 'InvalidFilter', `The ${quoted} filter is invalid: ${reason}.`);
};

/** A name the entity does not have, in Graph's wording, with the names it does have. */
export const unknownProperty = (
  name: string,
  { name: entity, properties, navigations = {} }: EntitySchema,
): Rejection => {
  const known = [...Object.keys(properties), ...Object.keys(navigations)].join(', ');
  const shown = name.slice(0, quotedLength);
  return badRequest(
    `Could not find a property named '${shown}' on type 'microsoft.graph.${entity}'. It has: ${known || 'none'}.`,
  );
};
