import { Module, type DynamicModule } from '@nestjs/common';
import type { Bus, Checkpoints, Clock, Documents, EventStore, Ids, Journal, Leases, StateTopics } from '@pim/engine';
import { DIRECTORY_ROLES } from './auth';
import { AssignmentRights } from './assignment-rights';
import { Delegators } from './delegations/delegators';
import { createDirectoryRoles } from './directory-roles';
import { GraphReader } from './graph/graph-reader';
import { CLOCK, DOCUMENTS, EVENT_STORE, JOURNAL, TENANT } from './tokens';
import { OrderGrounds } from './order-facts';
import { Outcomes } from './outcomes';
import { ReadModels } from './read-models';
import { RolesHeld } from './roles-held';
import { Separation } from './separation';

/** What an app plugs into the contexts: one adapter per port. */
export interface Ports {
  readonly eventStore: EventStore;
  readonly checkpoints: Checkpoints;
  /** Who of the processes that share the store does the work that one of them has to do. */
  readonly leases: Leases;
  readonly bus: Bus;
  readonly documents: Documents;
  /** null: nobody outside reads them, and they are not kept. */
  readonly stateTopics: StateTopics | null;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Whether nobody but this process appends to the store; an embedded one is locked against the others. */
  readonly isOnlyWriter: boolean;
  /** The groups of consumers that are down: events do not arrive there at present. */
  consumersDown(): readonly string[];
  /** Closes what is open behind the ports, the bus excepted: that stops before those who still need the others. */
  close(): Promise<void>;
}

/** The one tenant this installation serves. */
export interface Tenant {
  readonly tenantId: string;
}

/** Gives every context the same ports, and what is made of them; a context never provides one itself. */
@Module({})
export class PortsModule {
  static for(ports: Ports, journal: Journal, tenant: Tenant): DynamicModule {
    const providers = [
      { provide: EVENT_STORE, useValue: ports.eventStore },
      { provide: JOURNAL, useValue: journal },
      { provide: DOCUMENTS, useValue: ports.documents },
      { provide: CLOCK, useValue: ports.clock },
      { provide: TENANT, useValue: tenant },
      { provide: DIRECTORY_ROLES, useValue: createDirectoryRoles(journal) },
      ReadModels,
      AssignmentRights,
      Delegators,
      GraphReader,
      Outcomes,
      RolesHeld,
      Separation,
      OrderGrounds,
    ];
    return { module: PortsModule, global: true, providers, exports: providers };
  }
}
