export { at, carryOut, eligible, facts, minutes, order } from './role-schedule';
