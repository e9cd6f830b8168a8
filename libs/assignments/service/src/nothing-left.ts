import { Rejection } from '@pim/kernel';

/** The answer to a repetition when the first one was refused, or what it gave has ended. */
export const nothingLeft = new Rejection(
  'conflict',
  'Conflict',
  'This was asked before, and refused, or what it gave has ended. Ask with another client-request-id.',
);
