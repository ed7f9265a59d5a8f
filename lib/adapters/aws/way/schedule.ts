/** The schedule of EventBridge Scheduler that starts the sweep. */
import { GetScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';

import type { ScheduleFacts } from '../../../pipeline/ports/home-parts.ts';
import { askAws } from '../failures.ts';

/** @param given - the schedule's name, or `GROUP/NAME` */
export async function scheduleFacts(client: SchedulerClient, given: string): Promise<ScheduleFacts> {
  const [name = given, group] = given.split('/', 2).reverse();
  const request = new GetScheduleCommand({ Name: name, ...(group !== undefined && { GroupName: group }) });
  const { State: state, ScheduleExpression: expression = '' } = await askAws('scheduler:GetSchedule', () =>
    client.send(request),
  );
  return { name, enabled: state === 'ENABLED', expression };
}
