import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { ApiError } from '../auth';

const flatten = (errors: readonly ValidationError[], path = ''): string[] =>
  errors.flatMap(({ property, constraints, children }) => [
    ...Object.values(constraints ?? {}).map((text) => (path ? `${path}.${text}` : text)),
    ...flatten(children ?? [], path ? `${path}.${property}` : property),
  ]);

/** Bodies are checked against their class; what is not declared there is refused, not ignored. */
export const bodyValidation = (): ValidationPipe =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new ApiError(400, 'BadRequest', `${flatten(errors).slice(0, 10).join('; ')}.`),
  });
