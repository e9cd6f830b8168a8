export { openMongo, type MongoOptions, type OpenMongo } from './open-mongo';
