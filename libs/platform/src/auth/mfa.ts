/** How a caller is told to come back with an authentication context. */
export interface AcrsChallenge {
  /** `&claims=…`, URL-encoded: what the message of Graph's 400 ends with (reference §5.4). */
  readonly claims: string;
  /** Value of `WWW-Authenticate`: a claims challenge, then a step-up challenge (RFC 9470). */
  readonly wwwAuthenticate: string;
}

/** Asks for a token with this authentication context. */
export const acrsChallenge = (context: string): AcrsChallenge => {
  const wanted = JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });
  const claims = Buffer.from(wanted).toString('base64');
  return {
    claims: `&claims=${encodeURIComponent(wanted)}`,
    // The claims challenge comes first: clients that know only one form read the first Bearer challenge.
    wwwAuthenticate: [
      `Bearer error="insufficient_claims", claims="${claims}"`,
      `Bearer error="insufficient_user_authentication", acr_values="${context}"`,
    ].join(', '),
  };
};
