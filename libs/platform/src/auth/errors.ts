/** An answer other than success, ready for HTTP: the platform's filter gives it Graph's shape (reference §5.1). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** What clients read in `error.code` (reference §5.2). */
    readonly code: string,
    message: string,
    readonly headers?: Readonly<Record<string, string>>,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** 401: nobody we know is asking. The message never repeats any part of the token. */
export class Unauthenticated extends ApiError {
  constructor(message: string, challenge = 'Bearer error="invalid_token"') {
    super(401, 'InvalidAuthenticationToken', message, { 'WWW-Authenticate': challenge });
    this.name = 'Unauthenticated';
  }
}

/** 503: whether the caller may do this cannot be found out now. It means deny, and try again. */
export class IdentityUnavailable extends ApiError {
  constructor(message: string, options?: ErrorOptions) {
    super(503, 'ServiceUnavailable', message, { 'Retry-After': '2' });
    this.name = 'IdentityUnavailable';
    if (options) this.cause = options.cause;
  }
}

/** 403: the caller is known, and holds no role that allows this. */
export const requestDenied = (message = 'Insufficient privileges to complete the operation.'): ApiError =>
  new ApiError(403, 'Authorization_RequestDenied', message);

/** 403: the token lacks a permission; names every one that would do, as clients expect (reference §5.2). */
export const scopeNotGranted = (accepted: readonly string[]): ApiError =>
  new ApiError(
    403,
    'PermissionScopeNotGranted',
    `Authorization failed due to missing permission scope ${accepted.join(',')}.`,
  );
