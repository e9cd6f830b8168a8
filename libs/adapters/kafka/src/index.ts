export { kafkaBus, type KafkaBus, type KafkaBusOptions } from './bus';
export type { KafkaOptions, Timing } from './kafka-client';
export { NotPublished } from './publisher';
export type { ConsumerState } from './supervised-consumer';
export { migrateTopics, type TopicMigration } from './topic-migration';
export { topics, type Topic } from './topics';
