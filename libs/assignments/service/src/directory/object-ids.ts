import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@pim/assignments/domain';
import type { PrincipalType } from '@pim/contracts';
import type { Documents, Filter } from '@pim/engine';
import { DOCUMENTS, principals, ReadModels, type DirectoryObject } from '@pim/platform';
import { Principals, type KnownPrincipal } from '../principals/principals';

/** Another key than the id, as paths write it: `servicePrincipals(appId='…')` arrives as `appid=…`. */
const alternate = /^appid=(.+)$/;

/** What a segment of a path names: an id, a user principal name, or an application's client id. */
export const keyOf = (segment: string): Filter => {
  const appId = alternate.exec(segment)?.[1];
  if (appId) return { appId };
  return segment.includes('@') ? { signInName: segment } : { id: segment };
};

/** Finds the principal that a path is about, for whoever is to change it. */
@Injectable()
export class ObjectIds {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
    private readonly principals: Principals,
  ) {}

  /** Its id. Throws `Request_ResourceNotFound` when there is none of this type. */
  async of(segment: string, type: PrincipalType): Promise<string> {
    const id = await this.idOf(segment);
    await this.known(id, type);
    return id;
  }

  /** The principal itself, by the log. Throws as `of`. */
  async known(id: string, type: PrincipalType): Promise<KnownPrincipal> {
    const known = await this.principals.require(id);
    if (known.principalType !== type) throw notFound(id);
    return known;
  }

  private async idOf(segment: string): Promise<string> {
    const filter = keyOf(segment);
    if ('id' in filter) return segment;
    await this.readModels.fresh();
    const [found] = await this.documents.find<DirectoryObject>(principals.collection, { filter, limit: 1 });
    if (!found) throw notFound(segment);
    return found.id;
  }
}
