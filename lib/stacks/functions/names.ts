/**
 * Names that the Lambdas, the stack that deploys them and the command line agree on.
 */

/** One folder of `functions/` each; what it does is said in functions/README.md. */
export const FUNCTIONS = [
  'intake',
  'dispatch',
  'scan',
  'judge',
  'announce',
  'again',
  'remind',
  'refresh',
  'sweep',
  'api',
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** How often a queue brings a message before it sets it aside itself (maxReceiveCount). */
export const MOST_RECEIVES = 5;

/** Environment variables. A function has only those that its composition root reads. */
export const ENV = {
  table: 'CAVENDISH_TABLE',
  evidenceBucket: 'CAVENDISH_EVIDENCE_BUCKET',
  /** Where the appetite file lies: a deployed asset. */
  appetiteBucket: 'CAVENDISH_APPETITE_BUCKET',
  appetiteKey: 'CAVENDISH_APPETITE_KEY',
  eventsQueue: 'CAVENDISH_EVENTS_QUEUE_URL',
  scanQueue: 'CAVENDISH_SCAN_QUEUE_URL',
  judgeQueue: 'CAVENDISH_JUDGE_QUEUE_URL',
  announceQueue: 'CAVENDISH_ANNOUNCE_QUEUE_URL',
  againQueue: 'CAVENDISH_AGAIN_QUEUE_URL',
  remindQueue: 'CAVENDISH_REMIND_QUEUE_URL',
  deadLetterQueue: 'CAVENDISH_DEAD_LETTER_QUEUE_URL',
  operatorTopic: 'CAVENDISH_OPERATOR_TOPIC_ARN',
  /** JSON: who hears of what, see lib/core/notices/subscriber.ts. */
  subscribers: 'CAVENDISH_SUBSCRIBERS',
  /** What the ARNs of the topics begin with that `subscribe` makes. */
  subscriberTopics: 'CAVENDISH_SUBSCRIBER_TOPICS',
  /** ARN of the key that encrypts them. */
  topicKey: 'CAVENDISH_TOPIC_KEY',
  /** The bus that Cavendish's own events go to. */
  eventBus: 'CAVENDISH_EVENT_BUS',
  /** JSON: the registries that are watched, `[{ account, region, roleArn? }]`; the first is the home's own. */
  registries: 'CAVENDISH_REGISTRIES',
  /** JSON: name patterns of the repositories that are watched; left out: all. */
  repositories: 'CAVENDISH_REPOSITORIES',
  /** JSON: which clusters and functions are which environment, see lib/core/sightings/environments.ts; left out: all production. */
  sightings: 'CAVENDISH_SIGHTINGS',
  /** JSON: where feeds come from, see lib/core/advisories/feed-addresses.ts; left out: where they are published. */
  feeds: 'CAVENDISH_FEEDS',
  /** JSON: what timers are made of, see lib/adapters/aws/scheduler/schedule.ts. */
  timers: 'CAVENDISH_TIMERS',
  /** JSON: ARNs of the roles whose session names tell people apart; left out: none. */
  trustedSessionRoles: 'CAVENDISH_TRUSTED_SESSION_ROLES',
  /** Host (and port) to reach every registry at, in place of ECR's own; for tests. */
  registryEndpoint: 'CAVENDISH_REGISTRY_ENDPOINT',
} as const;

/** Outputs of the stack, by which `--home aws:STACK` finds its way. */
export const OUTPUTS = {
  api: 'ApiUrl',
  table: 'RegisterTableName',
  evidenceBucket: 'EvidenceBucketName',
  appetiteBucket: 'AppetiteBucketName',
  appetiteKey: 'AppetiteKey',
  eventsQueue: 'EventsQueueUrl',
  scanQueue: 'ScanQueueUrl',
  judgeQueue: 'JudgeQueueUrl',
  announceQueue: 'AnnounceQueueUrl',
  againQueue: 'AgainQueueUrl',
  remindQueue: 'RemindQueueUrl',
  deadLetterQueue: 'DeadLetterQueueUrl',
  operatorTopic: 'OperatorTopicArn',
  subscribers: 'Subscribers',
  eventBus: 'EventBusName',
  pushRule: 'PushRuleName',
  sweepSchedule: 'SweepScheduleName',
  refreshSchedule: 'RefreshScheduleName',
} as const;
