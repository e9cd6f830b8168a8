// The AsyncAPI document: what OpenPIM sends where, and what its messages look like.

const text = (description, more = {}) => ({ type: 'string', description, ...more });

/** Headers of every message, as `toCloudEvent` writes them. */
export const cloudEventHeaders = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time', 'ce_sequence'],
  properties: {
    'content-type': text('Of the value.', { const: 'application/json' }),
    ce_specversion: text('CloudEvents version.', { const: '1.0' }),
    ce_id: text('UUID. A message that comes twice has the same.'),
    ce_source: text("The event's stream as a path; ids and sequence are unique within it."),
    ce_type: text('`io.openpim.<stream category>.<event>.v<version of its data>`.'),
    ce_subject: text('The stream, `<category>-<id>`.'),
    ce_time: text('When it took effect.', { format: 'date-time' }),
    ce_recordedtime: text('When it was recorded.', { format: 'date-time' }),
    ce_sequence: text(
      'Revision in the stream, 20 digits: 0, 1, 2 … without gaps. Lower than one seen before: a repetition.',
    ),
    ce_partitionkey: text('The stream; the same as the key.'),
    ce_correlationid: text('Shared by everything that one request from outside set in motion.'),
    ce_causationid: text('The command that caused the event.'),
    ce_authtype: text('What kind of actor caused it.', { enum: ['user', 'service_account', 'system'] }),
    ce_authid: text("The actor's object id, or `system:<what>`."),
    ce_traceparent: text('W3C Trace Context of what recorded it; absent where nothing is traced.'),
    traceparent: text("The same, where OpenTelemetry's instrumentations look for it."),
    openpim_metadata: text('JSON: the actor and how they had signed in (`amr`, `acr`, `acrs`, `authTime`).'),
    openpim_position: text('Position in the whole log, decimal. It grows, with gaps.'),
  },
};

/** Headers of a message that tells what holds, as `toStateMessage` writes them. */
export const stateHeaders = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time'],
  properties: {
    'content-type': text('Of the value.', { const: 'application/json' }),
    ce_specversion: text('CloudEvents version.', { const: '1.0' }),
    ce_id: text('UUID of the event that made it so. A message that comes twice has the same.'),
    ce_source: text('Which topic of what holds; with the id it is unique for each subject.'),
    ce_type: text('`io.openpim.<what holds>.v<version>`.'),
    ce_subject: text('Of whom or what it is told; the same as the key.'),
    ce_time: text('When the event that made it so took effect.', { format: 'date-time' }),
    ce_recordedtime: text('When that event was recorded.', { format: 'date-time' }),
    ce_partitionkey: text('The same as the key.'),
    ce_correlationid: text('Shared by everything that one request from outside set in motion.'),
    ce_causationid: text('The event that made it so.'),
  },
};

const description = `Everything that happens in OpenPIM, as CloudEvents 1.0 in Kafka's binary mode: attributes in headers, the event's data as the value, its stream as the key; and, on compacted topics, what holds now. At least once, in order per key: skip what is not beyond the last sequence seen of its stream. A version of an event's data never changes; members may be added, so let unknown ones pass.`;

const nameOf = ({ type, version }) => `${type}.v${version}`;

const versionsUpTo = ({ type, version }) =>
  Array.from({ length: version }, (_, index) => ({ type, version: index + 1 }));

const configuration = ({ config }) => ({
  'cleanup.policy': [config['cleanup.policy']],
  ...(config['retention.ms'] ? { 'retention.ms': Number(config['retention.ms']) } : {}),
  'max.message.bytes': Number(config['max.message.bytes']),
});

const bindingsOf = (topic) => ({
  kafka: {
    topic: topic.name,
    partitions: topic.partitions,
    topicConfiguration: configuration(topic),
    bindingVersion: '0.5.0',
  },
});

const channelOf = ({ category, context, events, topic }) => ({
  address: topic.name,
  description: `Streams \`${category}-<id>\`, appended by \`${context}\`.`,
  messages: Object.fromEntries(
    events.flatMap(versionsUpTo).map((one) => [nameOf(one), { $ref: `#/components/messages/${nameOf(one)}` }]),
  ),
  bindings: bindingsOf(topic),
});

const stateChannelOf = ({ name, comment, topic }) => ({
  address: topic.name,
  description: `Compacted: the last message of a key tells what holds. ${comment} Read it from the beginning at each start.`,
  messages: { [`${name}.v1`]: { $ref: `#/components/messages/${name}.v1` } },
  bindings: bindingsOf(topic),
});

const stateMessageOf = ({ name, key, comment, type }) => ({
  name: type,
  title: `${name}.v1`,
  summary: comment,
  contentType: 'application/json',
  headers: stateHeaders,
  bindings: { kafka: { key: { type: 'string', description: key }, bindingVersion: '0.5.0' } },
  payload: { $ref: `./schemas/${name}.v1.json` },
});

const messageOf = (version, category) => ({
  name: `io.openpim.${category}.${nameOf(version)}`,
  title: nameOf(version),
  summary: version.comment,
  contentType: 'application/json',
  traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
  bindings: { kafka: { key: { type: 'string', description: 'The stream.' }, bindingVersion: '0.5.0' } },
  payload: { $ref: `./schemas/${nameOf(version)}.json` },
});

const categoryOf = ({ type }, channels) =>
  channels.find(({ events }) => events.some((event) => event.type === type)).category;

const send = (channel) => ({ action: 'send', channel: { $ref: `#/channels/${channel}` } });

const lowerFirst = (name) => `${name[0].toLowerCase()}${name.slice(1)}`;

/**
 * `channels`: the streams with their topics; `versions`: every version of every event, see `eventSchemas`; `states`: what is
 * told on compacted topics.
 */
export const documentOf = ({ release, channels, versions, states }) => ({
  asyncapi: '3.0.0',
  info: { title: 'OpenPIM events', version: release, description, license: { name: 'Apache-2.0' } },
  defaultContentType: 'application/json',
  channels: Object.fromEntries([
    ...channels.map((channel) => [channel.category, channelOf(channel)]),
    ...states.map((state) => [lowerFirst(state.name), stateChannelOf(state)]),
  ]),
  operations: Object.fromEntries([
    ...channels.map(({ category }) => [`${category}Events`, send(category)]),
    ...states.map(({ name }) => [`${lowerFirst(name)}State`, send(lowerFirst(name))]),
  ]),
  components: {
    messages: Object.fromEntries([
      ...versions.map((version) => [nameOf(version), messageOf(version, categoryOf(version, channels))]),
      ...states.map((state) => [`${state.name}.v1`, stateMessageOf(state)]),
    ]),
    messageTraits: { cloudEvent: { headers: cloudEventHeaders } },
  },
});
