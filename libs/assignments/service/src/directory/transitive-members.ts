import { Injectable } from '@nestjs/common';
import type { GraphRequest } from '@pim/platform';
import { DirectoryAnswers } from './directory-answers';
import { Links } from './links';

/** Answers who is in a group, directly or through groups in it. */
@Injectable()
export class TransitiveMembers {
  constructor(
    private readonly answers: DirectoryAnswers,
    private readonly links: Links,
  ) {}

  /** One page; 404 when there is no such group. */
  async list(request: GraphRequest, groupId: string, cast?: string): Promise<object> {
    const members = await this.links.members(await this.answers.find(request, 'groups', groupId));
    const ids = members.map(({ id }) => id);
    return this.answers.objects(request, ids, cast);
  }
}
