import { urn, type Json } from './scim-json';

type Kind = 'string' | 'boolean' | 'complex' | 'reference';

const attribute = (name: string, type: Kind, more: Json = {}): Json => ({
  name,
  type,
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  uniqueness: 'none',
  ...more,
});

const text = (name: string, more?: Json): Json => attribute(name, 'string', more);

const parts = (name: string, subAttributes: readonly Json[], more: Json = {}): Json =>
  attribute(name, 'complex', { subAttributes, ...more });

const readOnly = { mutability: 'readOnly' };
const many = { multiValued: true };

const user: Json = {
  id: urn.user,
  name: 'User',
  description: 'A person.',
  attributes: [
    text('userName', { required: true, uniqueness: 'server' }),
    parts('name', [text('formatted'), text('familyName'), text('givenName')]),
    text('displayName'),
    text('title'),
    text('userType'),
    text('preferredLanguage'),
    attribute('active', 'boolean'),
    parts('emails', [text('value'), text('type'), attribute('primary', 'boolean')], many),
    parts('phoneNumbers', [text('value'), text('type')], many),
    parts(
      'groups',
      [
        text('value', readOnly),
        text('display', readOnly),
        text('type', readOnly),
        attribute('$ref', 'reference', readOnly),
      ],
      { ...many, ...readOnly },
    ),
  ],
};

const group: Json = {
  id: urn.group,
  name: 'Group',
  description: 'A group of people and of groups.',
  attributes: [
    text('displayName', { required: true }),
    parts(
      'members',
      [
        text('value', { mutability: 'immutable' }),
        text('display', readOnly),
        text('type', readOnly),
        attribute('$ref', 'reference', readOnly),
      ],
      many,
    ),
  ],
};

const enterprise: Json = {
  id: urn.enterprise,
  name: 'EnterpriseUser',
  description: 'A person in an organisation.',
  attributes: [
    text('employeeNumber'),
    text('department'),
    text('organization'),
    parts('manager', [text('value'), attribute('$ref', 'reference', readOnly), text('displayName', readOnly)]),
  ],
};

const resourceTypes: readonly Json[] = [
  {
    id: 'User',
    name: 'User',
    endpoint: '/Users',
    description: 'A person.',
    schema: urn.user,
    schemaExtensions: [{ schema: urn.enterprise, required: false }],
  },
  { id: 'Group', name: 'Group', endpoint: '/Groups', description: 'A group.', schema: urn.group },
];

const described = (one: Json, resourceType: string, path: string, root: string): Json => ({
  schemas: [resourceType === 'Schema' ? urn.schema : urn.resourceType],
  ...one,
  meta: { resourceType, location: `${root}/${path}/${String(one['id'])}` },
});

/** The schemas that are served (RFC 7643 §7). */
export const schemasAt = (root: string): readonly Json[] =>
  [user, group, enterprise].map((one) => described(one, 'Schema', 'Schemas', root));

/** The types of resources (RFC 7643 §6). */
export const resourceTypesAt = (root: string): readonly Json[] =>
  resourceTypes.map((one) => described(one, 'ResourceType', 'ResourceTypes', root));

/** What of SCIM is served (RFC 7643 §5). */
export const configurationAt = (root: string): Json => ({
  schemas: [urn.configuration],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'OAuth bearer token',
      description: 'An access token of the OIDC provider, or the token that this installation keeps for SCIM.',
      specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${root}/ServiceProviderConfig` },
});
