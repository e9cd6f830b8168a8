import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@pim/assignments/domain';
import type { Documents, Filter } from '@pim/engine';
import { DOCUMENTS, principals, ReadModels, type DirectoryObject } from '@pim/platform';
import type { ScimFilter } from './scim-filter';
import { scimFault, urn, type Json } from './scim-json';
import { listResponse, projected, type ListWish, type Shown } from './scim-list';

/** How directory objects of one type are shown. */
export interface ScimSet {
  readonly type: 'user' | 'group';
  /** `everything`: whatever a filter may ask about; otherwise only what is shown. */
  show(found: readonly DirectoryObject[], shown: Shown | 'everything'): Promise<readonly Json[]>;
}

/** As many are looked at one by one when a filter names nothing to look them up by. */
const mostCandidates = 5_000;

const anyCase = (text: string): Filter => ({
  $regex: `^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`,
  $options: 'i',
});

/** What narrows the search in the store, by the name of an attribute in lower case. Each is sure to keep what matches. */
const narrower: Readonly<Record<string, (value: string) => Filter>> = {
  id: (value) => ({ id: value.toLowerCase() }),
  username: (value) => ({ signInName: value.toLowerCase() }),
  externalid: (value) => ({ externalId: anyCase(value) }),
  displayname: (value) => ({ displayName: anyCase(value) }),
  [`${urn.enterprise}:manager`.toLowerCase()]: (value) => ({ managerId: value.toLowerCase() }),
};

const narrowed = ({ demands }: ScimFilter): readonly Filter[] =>
  Object.entries(narrower).flatMap(([name, narrow]) => {
    const value = demands[name];
    return value === undefined ? [] : [narrow(value)];
  });

/** Reads people and groups for SCIM, from the directory's read model. */
@Injectable()
export class ScimDirectory {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
  ) {}

  async list(set: ScimSet, wish: ListWish): Promise<Json> {
    await this.readModels.fresh();
    const { skip, count, shown, filter } = wish;
    if (filter !== null) return this.filtered(set, { ...wish, filter });
    const where = { principalType: set.type };
    const found = count === 0 ? [] : await this.find(where, { skip, limit: count });
    const total = await this.documents.count(principals.collection, where);
    return this.page(set, found, { total, skip, shown });
  }

  /** As it is right after whatever was recorded before. Throws `Request_ResourceNotFound`. */
  async require({ type }: ScimSet, id: string): Promise<DirectoryObject> {
    await this.readModels.fresh();
    const [found] = await this.find({ id: id.toLowerCase(), principalType: type }, { limit: 1 });
    if (!found) throw notFound(id);
    return found;
  }

  /** One resource as it is answered. Throws as `require`. */
  async get(set: ScimSet, id: string, shown: Shown): Promise<Json> {
    const [resource] = await set.show([await this.require(set, id)], shown);
    if (!resource) throw notFound(id);
    return projected(resource, shown);
  }

  find(filter: Filter, page: { readonly skip?: number; readonly limit?: number } = {}) {
    return this.documents.find<DirectoryObject>(principals.collection, { filter, ...page });
  }

  private async filtered(set: ScimSet, { filter, skip, count, shown }: ListWish & { readonly filter: ScimFilter }) {
    const where = { $and: [{ principalType: set.type }, ...narrowed(filter)] };
    const candidates = await this.find(where, { limit: mostCandidates + 1 });
    if (candidates.length > mostCandidates)
      throw scimFault(
        'tooMany',
        `More than ${mostCandidates} may match. Ask for a userName, externalId or displayName by eq as well.`,
      );
    const looked = await set.show(candidates, 'everything');
    const matching = candidates.filter((_, n) => filter.matches(looked[n]));
    return this.page(set, matching.slice(skip, skip + count), { total: matching.length, skip, shown });
  }

  private async page(
    set: ScimSet,
    found: readonly DirectoryObject[],
    { total, skip, shown }: { readonly total: number; readonly skip: number; readonly shown: Shown },
  ): Promise<Json> {
    const resources = await set.show(found, shown);
    const wanted = resources.map((one) => projected(one, shown));
    return listResponse(wanted, total, skip);
  }
}
