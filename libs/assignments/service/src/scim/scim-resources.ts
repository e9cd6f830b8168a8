import type { GraphRequest } from '@pim/platform';
import type { ScimDirectory, ScimSet } from './scim-directory';
import type { Json } from './scim-json';
import type { ListWish, Shown } from './scim-list';
import type { PatchOperation } from './scim-patch';

/** What can be done with the resources of one type. What is refused changes nothing. */
export abstract class ScimResources {
  constructor(protected readonly directory: ScimDirectory) {}

  list(request: GraphRequest, wish: ListWish): Promise<Json> {
    return this.directory.list(this.set(request), wish);
  }

  get(request: GraphRequest, id: string, shown: Shown): Promise<Json> {
    return this.directory.get(this.set(request), id, shown);
  }

  abstract create(request: GraphRequest, resource: Json, shown: Shown): Promise<Json>;
  abstract replace(request: GraphRequest, id: string, resource: Json, shown: Shown): Promise<Json>;
  abstract patch(request: GraphRequest, id: string, operations: readonly PatchOperation[], shown: Shown): Promise<Json>;
  abstract remove(request: GraphRequest, id: string): Promise<void>;

  /** How they are shown to whoever asks. */
  protected abstract set(request: GraphRequest): ScimSet;
}
