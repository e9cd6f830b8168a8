import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { ListOf } from '../body-members';

/** Requests in one batch, as many as Graph takes. */
const most = 20;

/** One request of a batch (reference §0.4): shape and limits only, `planBatch` reads it. */
export class BatchItemDto {
  @IsString() @IsNotEmpty() @MaxLength(128) readonly id!: string;
  @IsString()
  @Matches(/^(?:GET|POST|PATCH|PUT|DELETE)$/i, { message: 'method must be GET, POST, PATCH, PUT or DELETE' })
  readonly method!: string;
  @IsString() @IsNotEmpty() @MaxLength(16_384) readonly url!: string;
  @IsOptional() @IsObject() readonly headers?: Readonly<Record<string, unknown>> | null;
  /** Whatever the request itself takes. */
  @IsOptional() readonly body?: unknown;
  @IsOptional() @IsArray() @ArrayMaxSize(most) @IsString({ each: true }) readonly dependsOn?: readonly string[] | null;
}

export class BatchDto {
  @ArrayMinSize(1)
  @ArrayMaxSize(most, { message: `a batch may hold ${most} requests` })
  @ListOf(() => BatchItemDto)
  readonly requests!: readonly BatchItemDto[];
}
