export { lastAdministratorAlertId, type AlertState } from './alert';
export { alert, type AlertCommand, type ObserveHolders } from './alert.decide';
export { holders, permanentHolders, type Holders } from './holders';
