import { Module } from '@nestjs/common';
import { DirectoryAuditsController } from './directory-audits/directory-audits.controller';

@Module({ controllers: [DirectoryAuditsController] })
export class AuditModule {}
