import { Module } from '@nestjs/common';
import { AlertsController } from './alerts/alerts.controller';
import { ObserveHoldersHandler } from './watch-administrators/observe-holders.handler';

@Module({ controllers: [AlertsController], providers: [ObserveHoldersHandler] })
export class AlertingModule {}
