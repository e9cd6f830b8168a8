import { Controller, Get, Param } from '@nestjs/common';
import { Graph, GraphReader, type GraphRequest } from '@pim/platform';
import { missingPolicy, PolicyPast } from './policy-past';
import { PolicyRights } from './policy-rights';
import { settingsOf, versionSetOf } from './policy-version-set';

/**
 * What role settings were, and who made them so. Graph has no call for it. Whoever may read the settings may read their
 * past, also when the role or group is gone: decisions made under them are still on record.
 */
@Controller('openpim/v1/policies/:id/versions')
export class PolicyVersionsController {
  constructor(
    private readonly reader: GraphReader,
    private readonly rights: PolicyRights,
    private readonly past: PolicyPast,
  ) {}

  /** Newest first, unless `$orderby` says otherwise; version 0, the defaults, is nobody's and not listed. */
  @Get()
  async list(@Param('id') id: string, @Graph() request: GraphRequest): Promise<object> {
    this.rights.requireToRead(id, request.caller);
    const { versions } = await this.past.of(id);
    const query = { $orderby: 'version desc', ...request.query };
    const { '@odata.context': _, ...answer } = await this.reader.listOf(
      { ...request, query },
      versionSetOf(id),
      await this.past.documentsOf(versions),
    );
    return answer;
  }

  /** All settings as they were; version 0 are the defaults. */
  @Get(':version')
  async one(
    @Param('id') id: string,
    @Param('version') version: string,
    @Graph() { caller }: GraphRequest,
  ): Promise<object> {
    this.rights.requireToRead(id, caller);
    const { versions, defaults } = await this.past.of(id);
    if (version === '0') return { ...unchanged, ...settingsOf(defaults) };
    const found = versions.find((one) => String(one.version) === version);
    if (!found) throw missingPolicy(`version '${version.slice(0, 20)}' of this policy`);
    const [document] = await this.past.documentsOf([found]);
    return { ...document, ...settingsOf(found.after) };
  }
}

/** Nobody made the defaults. */
const unchanged = { version: 0, at: null, by: null, changedRules: [], changedSettings: [] };
