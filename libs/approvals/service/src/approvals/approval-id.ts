import type { PipeTransform } from '@nestjs/common';

/** An approval's or a step's id as the log has it: a GUID means the same in either case (reference §4.2). */
export const approvalId: PipeTransform<string, string> = { transform: (id) => id.toLowerCase() };
