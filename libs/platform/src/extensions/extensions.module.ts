import { Module, type DynamicModule } from '@nestjs/common';
import type { Clock } from '@pim/engine';
import { CLOCK } from '../tokens';
import { EXTENSION_CLIENT } from './extension-client';
import type { ExtensionSettings } from './extension-settings';
import { HttpExtensionClient } from './http-extension-client';

/** Gives every context the one client; `settings` null: it asks nobody. */
@Module({})
export class ExtensionsModule {
  static for(settings: ExtensionSettings | null): DynamicModule {
    const client = {
      provide: EXTENSION_CLIENT,
      useFactory: (clock: Clock) => new HttpExtensionClient(settings, clock),
      inject: [CLOCK],
    };
    return { module: ExtensionsModule, global: true, providers: [client], exports: [client] };
  }
}
