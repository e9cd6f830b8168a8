import { Injectable } from '@nestjs/common';
import type { EntitySchema } from '@pim/odata';
import { GraphReader, property, type EntitySet, type GraphRequest } from '@pim/platform';
import { notFound } from '@pim/assignments/domain';
import { Catalogue } from './catalogue';
import { namespaceOf, type ResourceAction } from './resource-actions';

interface Namespace {
  readonly id: string;
  readonly name: string;
}

const { text, name, flag } = property;

const actionSchema: EntitySchema = {
  name: 'unifiedRbacResourceAction',
  properties: { actionVerb: name, description: text, id: name, isPrivileged: flag, name, resourceScopeId: text },
};

export const namespaceSchema: EntitySchema = {
  name: 'unifiedRbacResourceNamespace',
  properties: { id: name, name },
  navigations: { resourceActions: { to: () => actionSchema, many: true, contained: true } },
};

const path = 'roleManagement/directory/resourceNamespaces';

const actionSet = (namespace: string): EntitySet<ResourceAction> => ({
  path: `${path}('${namespace}')/resourceActions`,
  collection: '',
  schema: actionSchema,
  expand: {},
});

const sameId = (wanted: string) => (one: { readonly id: string }) => one.id.toLowerCase() === wanted.toLowerCase();

/** Which actions a role may allow (reference §1.1): those of the built-in roles. */
@Injectable()
export class ResourceNamespaces {
  private readonly set: EntitySet<Namespace> = {
    path,
    collection: '',
    schema: namespaceSchema,
    expand: {
      resourceActions: async (page) => {
        const actions = await this.catalogue.actions();
        return (page as readonly Namespace[]).map(({ id }) => actions.filter((one) => namespaceOf(one.name) === id));
      },
    },
  };

  constructor(
    private readonly catalogue: Catalogue,
    private readonly reader: GraphReader,
  ) {}

  async list(request: GraphRequest): Promise<object> {
    return this.reader.listOf(request, this.set, await this.namespaces());
  }

  async get(request: GraphRequest, id: string): Promise<object> {
    return this.reader.single(request, this.set, await this.require(id));
  }

  async actions(request: GraphRequest, namespaceId: string): Promise<object> {
    const { id } = await this.require(namespaceId);
    return this.reader.listOf(request, actionSet(id), await this.actionsOf(id));
  }

  async action(request: GraphRequest, namespaceId: string, actionId: string): Promise<object> {
    const { id } = await this.require(namespaceId);
    const action = (await this.actionsOf(id)).find(sameId(actionId));
    if (!action) throw notFound(actionId);
    return this.reader.single(request, actionSet(id), action);
  }

  private async actionsOf(namespace: string): Promise<readonly ResourceAction[]> {
    return (await this.catalogue.actions()).filter(({ name: own }) => namespaceOf(own) === namespace);
  }

  private async namespaces(): Promise<readonly Namespace[]> {
    const names = new Set((await this.catalogue.actions()).map((action) => namespaceOf(action.name)));
    return [...names].map((one) => ({ id: one, name: one }));
  }

  private async require(id: string): Promise<Namespace> {
    const found = (await this.namespaces()).find(sameId(id));
    if (!found) throw notFound(id);
    return found;
  }
}
