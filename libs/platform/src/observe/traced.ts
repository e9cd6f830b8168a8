import type { Span } from '@pim/engine';

/** Some work, and the span that is about it. */
export const traced = async <T>(span: Span, work: () => Promise<T>): Promise<T> => {
  try {
    const result = await work();
    span.end();
    return result;
  } catch (failure) {
    span.end({ failure });
    throw failure;
  }
};

export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);
