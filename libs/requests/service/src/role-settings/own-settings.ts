import { Inject, Injectable } from '@nestjs/common';
import type { Journal } from '@pim/engine';
import { EXTENSION_CLIENT, JOURNAL, principalView, type ExtensionClient } from '@pim/platform';
import { readCustomExtension, readEmergencyAccess, type OwnChange, type OwnKnown } from '@pim/requests/domain';

/** What a body says of the settings that are OpenPIM's own; undefined: nothing, null: take it away. */
export interface AskedOwnSettings {
  readonly customExtension?: unknown;
  readonly emergencyAccess?: unknown;
}

/** Reads the settings that are OpenPIM's own, and looks up what has to be known to judge them. */
@Injectable()
export class OwnSettingsReader {
  constructor(
    @Inject(JOURNAL) private readonly journal: Journal,
    @Inject(EXTENSION_CLIENT) private readonly extensions: ExtensionClient,
  ) {}

  /** Null when nothing is asked for. Throws 400 `InvalidPolicy` for what is malformed. */
  async read({
    customExtension,
    emergencyAccess,
  }: AskedOwnSettings): Promise<(OwnChange & { known: OwnKnown }) | null> {
    if (customExtension === undefined && emergencyAccess === undefined) return null;
    const change: OwnChange = {
      ...(customExtension === undefined ? {} : { customExtension: readCustomExtension(customExtension) }),
      ...(emergencyAccess === undefined ? {} : { emergencyAccess: readEmergencyAccess(emergencyAccess) }),
    };
    return { ...change, known: await this.known(change) };
  }

  private async known({ customExtension, emergencyAccess }: OwnChange): Promise<OwnKnown> {
    const people = emergencyAccess?.people ?? [];
    const areUsers = await Promise.all(people.map((id) => this.isUser(id)));
    return {
      endpointFault: customExtension ? this.extensions.faultOf(customExtension.endpoint) : null,
      users: people.filter((_, index) => areUsers[index]),
    };
  }

  private async isUser(id: string): Promise<boolean> {
    const { state } = await this.journal.load(principalView, id);
    return state.status === 'known' && state.principalType === 'user';
  }
}
