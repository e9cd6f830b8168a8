export { assertDevelopment, createDevIssuer, type DevIssuer, type DevIssuerOptions } from './dev-issuer';
export { AUDIENCE, CLIENT_ID } from './access-token';
export type { ApplicationToken, MintOptions, UserToken } from './mint';
export type { DemoApplication, DemoUser } from './tenant';
export type { NodeHandler } from './handler';
