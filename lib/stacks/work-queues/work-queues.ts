import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

import { MOST_RECEIVES } from '../functions/names.ts';
import { EVENTS_DELAY_SECONDS, TIMEOUT_SECONDS } from './limits.ts';

/**
 * The queues that bring work to the functions, and the one where what nobody can do ends.
 *
 * A message only names work that lies in the table: encryption is SQS's own, since a key of one's own
 * would have to let EventBridge in. Each hides a message for six times its function's timeout, as
 * Lambda asks for ("Using Lambda with Amazon SQS").
 */
export class WorkQueues extends Construct {
  public readonly events: Queue;
  public readonly scan: Queue;
  public readonly judge: Queue;
  public readonly announce: Queue;
  /** What is judged again: a round of its own, so that no push ever waits for it. */
  public readonly again: Queue;
  /** What changed of what comes due, and which ladder a timer says to look at. */
  public readonly remind: Queue;
  /** Events that nobody can read, and work that failed every time; each with its cause where one is known. */
  public readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);

    this.deadLetters = new Queue(this, 'DeadLetters', QUEUE);
    // An index is pushed after its images: what is looked at a moment later is looked at once.
    this.events = this.queue('Events', TIMEOUT_SECONDS.intake, Duration.seconds(EVENTS_DELAY_SECONDS));
    this.scan = this.queue('Scan', TIMEOUT_SECONDS.scan);
    this.judge = this.queue('Judge', TIMEOUT_SECONDS.judge);
    this.announce = this.queue('Announce', TIMEOUT_SECONDS.announce);
    this.again = this.queue('Again', TIMEOUT_SECONDS.again);
    this.remind = this.queue('Remind', TIMEOUT_SECONDS.remind);
  }

  private queue(id: string, timeout: number, deliveryDelay = Duration.seconds(0)): Queue {
    return new Queue(this, id, {
      ...QUEUE,
      deliveryDelay,
      visibilityTimeout: Duration.seconds(timeout * 6),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_RECEIVES },
    });
  }
}

/** The longest that SQS keeps a message: time for people to come back from a holiday. */
const QUEUE = {
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
} as const;
