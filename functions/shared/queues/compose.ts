/** The adapters that several functions share, made from the environment. */
import { SQSClient } from '@aws-sdk/client-sqs';

import { sqsConfig } from '../../../lib/adapters/aws/clients.ts';
import { sqsDeadLetters } from '../../../lib/adapters/aws/queues/dead-letters.ts';
import { sqsWorkMessages } from '../../../lib/adapters/aws/queues/work-messages.ts';
import type { DeadLetters } from '../../../lib/pipeline/ports/dead-letters.ts';
import type { WorkMessages } from '../../../lib/pipeline/ports/work-messages.ts';
import { queueOf, type WorkQueueName } from '../../../lib/pipeline/work/work-types.ts';
import type { ENV } from '../../../lib/stacks/functions/names.ts';
import { type Environment, required } from '../environment.ts';
import type { Tools } from '../tools.ts';

export interface Queues {
  readonly sqs: SQSClient;
  readonly messages: WorkMessages;
  readonly deadLetters: DeadLetters;
}

const URL_OF: Readonly<Record<WorkQueueName, keyof typeof ENV>> = {
  scan: 'scanQueue',
  judge: 'judgeQueue',
  announce: 'announceQueue',
  again: 'againQueue',
  remind: 'remindQueue',
};

/** The stack tells a function of the queues that it may send to, and of no others. */
export function openQueues(environment: Environment, { tracer }: Tools): Queues {
  const sqs = tracer.captureAWSv3Client(new SQSClient(sqsConfig(environment)));
  const urlOf = (type: string): string | null => {
    const queue = queueOf(type);
    return queue === null ? null : required(environment, URL_OF[queue]);
  };
  return {
    sqs,
    messages: sqsWorkMessages({ client: sqs, urlOf }),
    deadLetters: sqsDeadLetters({ client: sqs, url: required(environment, 'deadLetterQueue') }),
  };
}
