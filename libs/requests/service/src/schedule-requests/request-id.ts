import type { PipeTransform } from '@nestjs/common';

/** A request's id as the log has it: a GUID means the same in either case (reference §4.2). */
export const requestId: PipeTransform<string, string> = { transform: (id) => id.toLowerCase() };
