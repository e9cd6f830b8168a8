import type { PipeTransform } from '@nestjs/common';

/** An id in a path as the log has it: a GUID means the same in either case (reference §4.2). */
export const guid: PipeTransform<string, string> = { transform: (id) => id.toLowerCase() };
