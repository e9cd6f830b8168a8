import { Rejection } from '@pim/kernel';

/** The Rejection this throws; fails when it throws nothing, or anything else. */
export const rejected = (run: () => unknown): Rejection => {
  try {
    run();
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
  throw new Error('nothing was rejected');
};
