export { lastAdministratorAlertId, type AlertState } from './alert';
export { alert, type AlertCommand, type ObserveHolders } from './alert.decide';
export { emergencyAlertId, type EmergencyCommand, type ReportEmergency, type ReportReview } from './alert.emergency';
export { holders, permanentHolders, type Holders } from './holders';
