import { Injectable } from '@nestjs/common';
import { notFound } from '@pim/assignments/domain';
import type { AccessId } from '@pim/contracts';
import { GraphReader, type DirectoryObject, type GraphRequest } from '@pim/platform';
import { castOf } from './casts';
import { DirectorySets, objects } from './directory-sets';
import { Links } from './links';
import { keyOf } from './object-ids';

type SetName = 'users' | 'groups' | 'servicePrincipals' | 'administrativeUnits';

/** Answers GET on the sets of the directory, and what was just created. */
@Injectable()
export class DirectoryAnswers {
  constructor(
    private readonly reader: GraphReader,
    private readonly sets: DirectorySets,
    private readonly links: Links,
  ) {}

  list(request: GraphRequest, name: SetName): Promise<object> {
    return this.reader.list(request, this.sets[name]);
  }

  /** By id, user principal name or client id; 404 when there is none. */
  get(request: GraphRequest, name: SetName, segment: string): Promise<object> {
    return this.reader.getWhere(request, this.sets[name], keyOf(segment), segment);
  }

  /** Right after it was created: waits until read models hold it. */
  created(request: GraphRequest, name: SetName, id: string): Promise<object> {
    return this.reader.fresh({ ...request, query: {} }, this.sets[name], id);
  }

  /** The document behind one; 404 when there is none. */
  find(request: GraphRequest, name: SetName, segment: string): Promise<DirectoryObject> {
    return this.reader.find(request, this.sets[name], keyOf(segment), segment);
  }

  /** Somebody's manager; 404 when there is no such person, or nobody who manages them. */
  async manager(request: GraphRequest, segment: string): Promise<object> {
    const { managerId } = await this.find(request, 'users', segment);
    const [manager] = managerId ? await this.links.find({ id: managerId, principalType: 'user' }) : [];
    if (!manager) throw notFound('manager');
    return this.reader.single(request, this.sets.people, manager);
  }

  /** Those whose manager somebody is; 404 when there is no such person. */
  async directReports(request: GraphRequest, segment: string): Promise<object> {
    const { id } = await this.find(request, 'users', segment);
    return this.reader.list(request, this.sets.people, { where: { managerId: id } });
  }

  /** Ids of whoever is in a group now, or owns it; 404 when there is none. */
  async idsIn(request: GraphRequest, groupId: string, accessId: AccessId): Promise<readonly string[]> {
    return this.links.idsIn(await this.find(request, 'groups', groupId), accessId);
  }

  /** Objects of any type, those of one when the path ends with it. */
  objects(request: GraphRequest, ids: readonly string[], cast?: string): Promise<object> {
    const narrower = cast === undefined ? {} : { principalType: castOf(cast) };
    return this.reader.list(request, objects, { where: { id: { $in: ids }, ...narrower } });
  }
}
