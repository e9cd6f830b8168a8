import { alertStream, consumerStream } from '@pim/contracts';
import type { Context } from '@pim/platform';
import { AlertingModule } from './alerting.module';
import { alerts } from './alerts/alerts.controller';
import { alertDocuments } from './alerts/alerts.projection';
import { watchAdministrators } from './watch-administrators/watch-administrators.reaction';
import { watchEmergencies, watchReviews } from './watch-emergencies/watch-emergencies.reactions';

/** What somebody should look at. */
export const alerting: Context = {
  name: 'alerting',
  module: AlertingModule,
  sets: [alerts],
  streams: [alertStream, consumerStream],
  projections: () => [alertDocuments],
  reactions: [watchAdministrators, watchEmergencies, watchReviews],
  deadlines: [],
};
