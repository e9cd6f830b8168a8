export { openObserve } from './open-observe';
export { migrate, openPorts } from './open-ports';
export { runService } from './run-service';
