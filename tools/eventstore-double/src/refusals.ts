import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { AppendTooLarge, StoreUnavailable } from '@pim/engine';

/** A node's address as clients reach it. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const refusal = (code: status, details: string, trailers: Record<string, string> = {}): ServiceError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const badArgument = (details: string): ServiceError => refusal(status.INVALID_ARGUMENT, details);

export const notServed = (what: string): ServiceError =>
  refusal(status.UNIMPLEMENTED, `This double of EventStoreDB does not serve ${what}.`);

export const notLeader = ({ host, port }: Endpoint): ServiceError =>
  refusal(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });

/** What the server would answer where the embedded store throws. */
export const toRefusal = (error: unknown): ServiceError => {
  if (error instanceof AppendTooLarge)
    return refusal(status.INVALID_ARGUMENT, `Maximum Append Size of ${error.limit} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(error.limit),
    });
  if (error instanceof StoreUnavailable) return refusal(status.UNAVAILABLE, error.message);
  if (error instanceof RangeError || error instanceof TypeError) return badArgument(error.message);
  return error instanceof Error && 'code' in error ? (error as ServiceError) : refusal(status.UNKNOWN, String(error));
};
