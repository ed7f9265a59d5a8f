import { join } from 'node:path';
import { Duration, Stack } from 'aws-cdk-lib';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

import { Alarms } from './alarms/alarms.ts';
import { Announcements, type Subscriber } from './announcements/announcements.ts';
import { Api } from './api/api.ts';
import { AppetiteFile } from './appetite-file/appetite-file.ts';
import { Dashboard } from './dashboard/dashboard.ts';
import { EvidenceBucket } from './evidence-bucket/evidence-bucket.ts';
import { RegisterTable } from './register-table/register-table.ts';
import { type OtherRegistry, Registries } from './registries/registries.ts';
import { RegistryEvents } from './registry-events/registry-events.ts';
import type { FeedSettings } from './schedules/feed-settings.ts';
import { Schedules } from './schedules/schedules.ts';
import { type SightingRule, Sightings } from './sightings/sightings.ts';
import { Timers } from './timers/timers.ts';
import { WorkQueues } from './work-queues/work-queues.ts';
import { Workers } from './worker/workers.ts';

export interface CavendishProps {
  /** @default - every repository. Name patterns as in the appetite: `team/*`, `team/**` */
  readonly repositories?: readonly string[];
  /**
   * Path of the risk appetite: the statement, the criteria of each stage, and which repositories are
   * which asset.
   *
   * @default - the appetite that ships with Cavendish
   */
  readonly appetite?: string;
  /** @default - nobody: verdicts go to the operator's topic, and say so */
  readonly subscribers?: readonly Subscriber[];
  /** @default - nobody gets the operator's mail until somebody subscribes to the topic */
  readonly operatorEmail?: string;
  /** @default - a new topic */
  readonly operatorTopic?: ITopic;
  /**
   * Encrypts table, bucket and topics. Its policy has to let CloudWatch's alarms in, where it was made elsewhere.
   *
   * @default - keys of AWS for table and bucket, and a new key for the topics
   */
  readonly encryptionKey?: IKey;
  /** @default RetentionDays.THREE_MONTHS */
  readonly logRetention?: RetentionDays;
  /**
   * How long evidence that was overwritten or deleted can be brought back.
   *
   * @default Duration.days(90)
   */
  readonly keepNoncurrent?: Duration;
  /** @default - a new bus, for Cavendish's own events */
  readonly eventBus?: IEventBus;
  /** What alarms do, beside telling the operator's topic. @default - nothing */
  readonly alarmAction?: IAlarmAction;
  /** Registries of other accounts and Regions. @default - the home's own alone */
  readonly registries?: readonly OtherRegistry[];
  /** @default Duration.minutes(15) */
  readonly sweepEvery?: Duration;
  /** Which clusters of ECS and functions of Lambda are which environment. @default - all are production */
  readonly sightings?: readonly SightingRule[];
  /** Where feeds are fetched from, and what is believed of them. @default - where they are published */
  readonly feeds?: FeedSettings;
  /** How often feeds are asked whether there is news; a day at most. @default Duration.hours(1) */
  readonly refreshEvery?: Duration;
  /**
   * ARNs of the roles whose session names somebody else sets than who assumes them, as Identity Center does: their
   * sessions are told apart in the API. @default - none: a role is one principal
   */
  readonly trustedSessionRoles?: readonly string[];
  /** How many images are scanned at a time. @default 10 */
  readonly scansAtOnce?: number;
  /** MiB of the scan function. @default 3008 */
  readonly scanMemory?: number;
  /** The page that alarms link to. @default - the runbook of this version, by its path in the package */
  readonly runbookUrl?: string;
  /** Where the bundles of the functions lie. @default - those that were built or shipped with this construct */
  readonly bundles?: string;
}

/**
 * Cavendish's home on AWS: every push to the watched registries is scanned, judged by the risk appetite,
 * recorded and announced.
 */
export class Cavendish extends Construct {
  public readonly register: RegisterTable;
  public readonly evidence: EvidenceBucket;
  public readonly appetite: AppetiteFile;
  public readonly queues: WorkQueues;
  public readonly registryEvents: RegistryEvents;
  public readonly sightings: Sightings;
  public readonly announcements: Announcements;
  public readonly workers: Workers;
  public readonly schedules: Schedules;
  public readonly api: Api;
  public readonly alarms: Alarms;

  constructor(scope: Construct, id: string, props: CavendishProps = {}) {
    super(scope, id);
    const { encryptionKey, keepNoncurrent, registries: others = [] } = props;
    const { sweepEvery = Duration.minutes(15), refreshEvery = Duration.hours(1) } = props;
    const key = encryptionKey === undefined ? {} : { encryptionKey };

    this.register = new RegisterTable(this, 'Register', key);
    this.evidence = new EvidenceBucket(this, 'Evidence', { ...key, ...(keepNoncurrent && { keepNoncurrent }) });
    this.appetite = new AppetiteFile(this, 'Appetite', { path: props.appetite ?? DEFAULT_APPETITE });
    this.queues = new WorkQueues(this, 'Queues');
    this.registryEvents = new RegistryEvents(this, 'RegistryEvents', {
      ...{ queue: this.queues.events, deadLetters: this.queues.deadLetters, others },
    });
    this.sightings = new Sightings(this, 'Sightings', {
      ...{ queue: this.queues.events, deadLetters: this.queues.deadLetters, rules: props.sightings ?? [] },
    });
    this.announcements = new Announcements(this, 'Announcements', {
      ...key,
      subscribers: props.subscribers ?? [],
      ...(props.operatorEmail !== undefined && { operatorEmail: props.operatorEmail }),
      ...(props.operatorTopic !== undefined && { operatorTopic: props.operatorTopic }),
      ...(props.eventBus !== undefined && { eventBus: props.eventBus }),
    });
    this.workers = new Workers(this, 'Functions', {
      ...{ register: this.register, evidence: this.evidence, appetite: this.appetite, queues: this.queues },
      announcements: this.announcements,
      sightings: this.sightings,
      timers: new Timers(this, 'Timers', { queue: this.queues.remind, deadLetters: this.queues.deadLetters }),
      registries: new Registries(this, 'Registries', { repositories: props.repositories ?? [], others }),
      bundles: props.bundles ?? BUNDLES,
      logRetention: props.logRetention ?? RetentionDays.THREE_MONTHS,
      ...(props.feeds !== undefined && { feeds: Stack.of(this).toJsonString(props.feeds) }),
      ...(props.trustedSessionRoles && { trustedSessionRoles: JSON.stringify(props.trustedSessionRoles) }),
      scansAtOnce: props.scansAtOnce ?? 10,
      scanMemory: props.scanMemory ?? 3008,
    });
    this.schedules = new Schedules(this, 'Schedules', {
      deadLetters: this.queues.deadLetters,
      sweep: { handler: this.workers.sweep.lambda, every: sweepEvery },
      refresh: { handler: this.workers.refresh.lambda, every: refreshEvery },
    });
    this.api = new Api(this, 'Api', {
      handler: this.workers.api.lambda,
      logRetention: props.logRetention ?? RetentionDays.THREE_MONTHS,
    });
    this.alarms = new Alarms(this, 'Alarms', {
      ...{ queues: this.queues, workers: this.workers.all, api: this.api, sweepEvery, refreshEvery },
      runbookUrl: props.runbookUrl ?? 'docs/runbook-aws.md',
      actions: [
        new SnsAction(this.announcements.operator),
        ...(props.alarmAction === undefined ? [] : [props.alarmAction]),
      ],
    });
    new Dashboard(this, 'Dashboard', {
      ...{ alarms: this.alarms.all, queues: this.queues, workers: this.workers.all, table: this.register.table },
      api: this.api,
    });
  }
}

/** Beside this file's room: the same from TypeScript in a clone as from what it was compiled to in dist/. */
const DEFAULT_APPETITE = join(import.meta.dirname, '../adapters/defaults/appetite.yaml');
const BUNDLES = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? '../../dist/functions' : '../../functions',
);
