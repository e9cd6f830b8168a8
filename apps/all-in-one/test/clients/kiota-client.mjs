// Microsoft's generated SDK against a server: reads what to do, a line of JSON each, and prints what the SDK made of the
// answer. The SDK is an ES module, which Jest cannot load, so the test runs it as a program of its own. Where Microsoft publishes no
// fluent package (role management, policies), the SDK's own models read what its own adapter sends for.
import { createInterface } from 'node:readline';
import { AnonymousAuthenticationProvider, HttpMethod, RequestInformation } from '@microsoft/kiota-abstractions';
import { createDirectoryObjectsServiceClient } from '@microsoft/msgraph-sdk-directoryobjects';
import { createUsersServiceClient } from '@microsoft/msgraph-sdk-users';
import { GraphRequestAdapter } from '@microsoft/msgraph-sdk';
import * as models from '@microsoft/msgraph-sdk/models/index.js';
import { createODataErrorFromDiscriminatorValue } from '@microsoft/msgraph-sdk/models/oDataErrors/index.js';

const [url] = process.argv.slice(2);

const authentication = new AnonymousAuthenticationProvider();
let token = '';
authentication.authenticateRequest = async (request) => {
  request.headers.add('Authorization', `Bearer ${token}`);
};
const adapter = new GraphRequestAdapter(authentication);
adapter.baseUrl = `${url}/v1.0`;

const errors = { XXX: createODataErrorFromDiscriminatorValue };

const requestTo = (method, path) => {
  const request = new RequestInformation();
  request.httpMethod = method;
  request.URL = `${adapter.baseUrl}/${path}`;
  request.headers.add('Accept', 'application/json');
  return request;
};

const factoryOf = (model) => models[`create${model}FromDiscriminatorValue`];

const does = {
  get: ({ path, model }) => adapter.send(requestTo(HttpMethod.GET, path), factoryOf(model), errors),
  post: ({ path, model, body }) => {
    const request = requestTo(HttpMethod.POST, path);
    request.setContentFromParsable(adapter, 'application/json', body, models[`serialize${model}`]);
    return adapter.send(request, factoryOf(model), errors);
  },
  me: () => createUsersServiceClient(adapter).me.get({ queryParameters: { select: ['id', 'displayName'] } }),
  users: ({ filter }) => createUsersServiceClient(adapter).users.get({ queryParameters: { filter } }),
  user: ({ id }) => createUsersServiceClient(adapter).users.byUserId(id).get(),
  directoryObject: ({ id }) =>
    createDirectoryObjectsServiceClient(adapter).directoryObjects.byDirectoryObjectId(id).get(),
};

const run = async ({ what, ...parts }) => {
  try {
    return { answer: await does[what](parts) };
  } catch ({ responseStatusCode, errorEscaped, message }) {
    return { refused: { status: responseStatusCode, error: errorEscaped, message } };
  }
};

for await (const line of createInterface(process.stdin)) {
  const asked = JSON.parse(line);
  token = asked.token;
  console.log(JSON.stringify(await run(asked)));
}
