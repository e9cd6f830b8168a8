import { IsObject, IsOptional, IsString, Matches } from 'class-validator';
import { Reason } from '@pim/platform';

/** An administrator's answer to an extension or renewal; OpenPIM's own, because Graph has no call for it (reference §4.3). */
export class DecideExtensionDto {
  @IsString()
  @Matches(/^(?:approve|deny)$/i, { message: 'decision must be Approve or Deny' })
  readonly decision!: string;
  @Reason(4096) readonly justification!: string;
  /** Other times than were asked for; read by the domain. */
  @IsOptional() @IsObject() readonly scheduleInfo?: object | null;
}
