/** The timers of the home, made from the environment. */
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { z } from 'zod';

import { clientConfig } from '../../../lib/adapters/aws/clients.ts';
import type { TimerSettings } from '../../../lib/adapters/aws/scheduler/schedule.ts';
import { schedulerTimers } from '../../../lib/adapters/aws/scheduler/timers.ts';
import type { Timers } from '../../../lib/pipeline/ports/timers.ts';
import { type Environment, requiredSetting } from '../environment.ts';
import type { Tools } from '../tools.ts';

const text = z.string().min(1);
const settings: z.ZodType<TimerSettings> = z.object({
  group: text,
  queueArn: text,
  deadLetterArn: text,
  roleArn: text,
});

/** @throws CavendishError `wrong-use` where the stack did not say what they are made of */
export function openTimers(environment: Environment, { tracer }: Tools): Timers {
  const client = tracer.captureAWSv3Client(new SchedulerClient(clientConfig(environment)));
  return schedulerTimers(client, requiredSetting(environment, 'timers', settings));
}
