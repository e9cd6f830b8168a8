import { alertStream } from '@pim/contracts';
import type { Context } from '@pim/platform';
import { AlertingModule } from './alerting.module';
import { alertDocuments } from './alerts/alerts.projection';
import { watchAdministrators } from './watch-administrators/watch-administrators.reaction';

/** What somebody should look at. */
export const alerting: Context = {
  name: 'alerting',
  module: AlertingModule,
  streams: [alertStream],
  projections: () => [alertDocuments],
  reactions: [watchAdministrators],
  deadlines: [],
};
