export { openDouble } from './open';
export { startDouble, type Double, type Endpoint } from './server';
