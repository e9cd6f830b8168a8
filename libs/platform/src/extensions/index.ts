export {
  EXTENSION_CLIENT,
  type ExtensionClient,
  type ExtensionQuestion,
  type ExtensionReply,
} from './extension-client';
export { hostsIn, keysIn, type ExtensionSettings } from './extension-settings';
export { ExtensionsModule } from './extensions.module';
export { HttpExtensionClient } from './http-extension-client';
