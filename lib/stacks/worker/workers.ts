import { Duration } from 'aws-cdk-lib';
import type { IEventSource } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import type { Announcements } from '../announcements/announcements.ts';
import type { AppetiteFile } from '../appetite-file/appetite-file.ts';
import type { EvidenceBucket } from '../evidence-bucket/evidence-bucket.ts';
import type { ENV, FunctionName } from '../functions/names.ts';
import { outboxSource } from '../outbox-dispatch/outbox-source.ts';
import type { RegisterTable } from '../register-table/register-table.ts';
import type { Registries } from '../registries/registries.ts';
import type { Sightings } from '../sightings/sightings.ts';
import type { Timers } from '../timers/timers.ts';
import type { WorkQueues } from '../work-queues/work-queues.ts';
import { Worker } from './worker.ts';

export interface WorkersProps {
  readonly register: RegisterTable;
  readonly evidence: EvidenceBucket;
  readonly appetite: AppetiteFile;
  readonly queues: WorkQueues;
  readonly registries: Registries;
  readonly announcements: Announcements;
  readonly sightings: Sightings;
  readonly timers: Timers;
  readonly bundles: string;
  readonly logRetention: RetentionDays;
  readonly scansAtOnce: number;
  readonly scanMemory: number;
  /** JSON, see lib/core/advisories/feed-addresses.ts. @default - where feeds are published */
  readonly feeds?: string;
  /** JSON: ARNs of roles. @default - none */
  readonly trustedSessionRoles?: string;
}

type Environment = Readonly<Partial<Record<keyof typeof ENV, string>>>;

/** The functions: what each is told, what brings it work, and what it may do. docs/iam.md lists the last. */
export class Workers extends Construct {
  public readonly intake: Worker;
  public readonly dispatch: Worker;
  public readonly scan: Worker;
  public readonly judge: Worker;
  public readonly announce: Worker;
  public readonly again: Worker;
  public readonly remind: Worker;
  public readonly refresh: Worker;
  public readonly sweep: Worker;
  public readonly api: Worker;

  constructor(scope: Construct, id: string, props: WorkersProps) {
    super(scope, id);
    const { register, evidence, appetite, queues, registries, announcements, sightings, timers } = props;
    const { events, scan, judge, announce, again, remind, deadLetters } = queues;

    const held: Environment = {
      table: register.table.tableName,
      evidenceBucket: evidence.bucket.bucketName,
    };
    const stored: Environment = { ...held, deadLetterQueue: deadLetters.queueUrl };
    const judged: Environment = { appetiteBucket: appetite.bucketName, appetiteKey: appetite.key };
    const pulled: Environment = { registries: registries.json };
    const watched: Environment =
      registries.patterns.length === 0 ? {} : { repositories: JSON.stringify(registries.patterns) };
    const ran: Environment = sightings.json === undefined ? {} : { sightings: sightings.json };
    const subscribed: Environment = {
      subscriberTopics: announcements.subscriberTopics,
      topicKey: announcements.key.keyArn,
    };
    const told: Environment = {
      ...subscribed,
      operatorTopic: announcements.operator.topicArn,
      subscribers: announcements.subscribersJson,
      eventBus: announcements.bus.eventBusName,
    };
    const sent: Environment = {
      ...{ scanQueue: scan.queueUrl, judgeQueue: judge.queueUrl, announceQueue: announce.queueUrl },
      ...{ againQueue: again.queueUrl, remindQueue: remind.queueUrl },
    };
    const worker = (
      name: FunctionName,
      memory: number,
      environment: Environment,
      sources: readonly IEventSource[] = [],
      disk?: number,
    ) =>
      new Worker(this, name, {
        ...{ function: name, memory, environment, eventSources: sources, ...(disk !== undefined && { disk }) },
        ...{ bundles: props.bundles, logRetention: props.logRetention },
      });

    this.intake = worker('intake', 512, { ...stored, ...pulled, ...watched, ...ran, eventsQueue: events.queueUrl }, [
      from(events, { batchSize: 10, maxConcurrency: 10 }),
    ]);
    this.dispatch = worker('dispatch', 256, { ...sent, deadLetterQueue: deadLetters.queueUrl }, [
      outboxSource(register.table, deadLetters),
    ]);
    this.scan = worker('scan', props.scanMemory, { ...stored, ...judged, ...pulled, scanQueue: scan.queueUrl }, [
      from(scan, { batchSize: 1, maxConcurrency: props.scansAtOnce }),
    ]);
    this.judge = worker('judge', 1024, { ...stored, ...judged, judgeQueue: judge.queueUrl }, [
      from(judge, { batchSize: 1, maxConcurrency: 10 }),
    ]);
    // Two at a time is the least that can be said, and with the pace within each keeps below ten mails a second.
    this.announce = worker('announce', 512, { ...stored, ...judged, ...told, announceQueue: announce.queueUrl }, [
      from(announce, { batchSize: 500, maxConcurrency: 2, maxBatchingWindow: Duration.seconds(20) }),
    ]);
    this.again = worker('again', 1024, { ...stored, ...judged, ...told, againQueue: again.queueUrl }, [
      from(again, { batchSize: 1, maxConcurrency: 5 }),
    ]);
    // One mail after another, so that two that come at once are below ten a second.
    const reminded = { ...stored, ...judged, ...told, timers: timers.json, remindQueue: remind.queueUrl };
    this.remind = worker('remind', 512, reminded, [from(remind, { batchSize: 10, maxConcurrency: 2 })]);
    // An archive of all CVE records takes half a gigabyte, is unpacked twice, and leaves its records on disk.
    this.refresh = worker(
      'refresh',
      2048,
      { ...held, ...told, ...(props.feeds !== undefined && { feeds: props.feeds }) },
      [],
      10_240,
    );
    this.sweep = worker('sweep', 1024, {
      ...stored,
      ...judged,
      ...pulled,
      ...watched,
      ...ran,
      ...told,
      ...sent,
      timers: timers.json,
    });

    const trusted: Environment =
      props.trustedSessionRoles === undefined ? {} : { trustedSessionRoles: props.trustedSessionRoles };
    this.api = worker('api', 1024, { ...held, ...judged, ...trusted, ...subscribed });

    const { intake, again: later, refresh, api } = this;
    for (const one of [intake, this.scan, this.judge, this.announce, later, this.remind, refresh, this.sweep, api]) {
      register.grantReadWrite(one);
      evidence.grantReadWrite(one);
    }
    register.grantListDue(this.sweep);
    for (const one of [this.scan, this.judge, this.announce, this.again, this.remind, this.sweep, api])
      appetite.grantRead(one);
    for (const one of [this.intake, this.scan, this.sweep]) registries.grantPull(one);
    registries.grantDescribe(this.intake, ['DescribeImages', 'DescribeImageScanFindings']);
    registries.grantDescribe(this.sweep, ['DescribeImages', 'DescribeImageScanFindings']);
    registries.grantList(this.sweep);
    sightings.grantList(this.sweep);
    for (const one of [this.announce, this.again, this.remind, this.refresh, this.sweep])
      announcements.grantPublish(one);
    announcements.grantListSubscriptions(this.sweep);
    for (const one of [this.remind, this.sweep]) timers.grantSet(one);
    timers.grantList(this.sweep);
    for (const one of [api, this.sweep]) announcements.grantSubscribe(one);

    const sends = (one: Worker, ...to: readonly IQueue[]): void => {
      one.allow(
        ['sqs:SendMessage'],
        to.map(({ queueArn }) => queueArn),
      );
    };
    sends(this.intake, deadLetters);
    sends(this.scan, scan, deadLetters);
    sends(this.judge, judge, deadLetters);
    sends(this.announce, announce, deadLetters);
    sends(this.again, again, deadLetters);
    sends(this.remind, remind, deadLetters);
    sends(this.dispatch, scan, judge, announce, again, remind, deadLetters);
    sends(this.sweep, scan, judge, announce, again, remind, deadLetters);
  }

  public get all(): readonly Worker[] {
    const { intake, dispatch, scan, judge, announce, again, remind, refresh, sweep, api } = this;
    return [intake, dispatch, scan, judge, announce, again, remind, refresh, sweep, api];
  }
}

interface Batches {
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly maxBatchingWindow?: Duration;
}

function from(queue: IQueue, batches: Batches): SqsEventSource {
  return new SqsEventSource(queue, { reportBatchItemFailures: true, ...batches });
}
