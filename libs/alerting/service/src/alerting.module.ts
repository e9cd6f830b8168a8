import { Module } from '@nestjs/common';
import { AlertsController } from './alerts/alerts.controller';
import { ObserveHoldersHandler } from './watch-administrators/observe-holders.handler';
import { ReportEmergencyHandler } from './watch-emergencies/report-emergency.handler';

@Module({ controllers: [AlertsController], providers: [ObserveHoldersHandler, ReportEmergencyHandler] })
export class AlertingModule {}
