/** Works off every queue and the table's stream until nothing is left, as Lambda's pollers do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

import { ask } from './environment.ts';
import type { DeployedFunction } from './functions.ts';
import { type Mapping, queueSource, type Source, streamSource, urlOf } from './sources.ts';

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

export interface Pump {
  readonly mappings: readonly Mapping[];
  /** @returns how many records were read. @throws where it does not come to rest within `seconds` */
  untilQuiet(seconds: number): Promise<number>;
}

/** @param functions - by the physical name that their mappings give */
export async function openPump(
  endpoint: string,
  sqs: SQSClient,
  functions: ReadonlyMap<string, DeployedFunction>,
): Promise<Pump> {
  const { EventSourceMappings: mappings } = (await ask(endpoint, 'lambda', '/2015-03-31/event-source-mappings/')) as {
    readonly EventSourceMappings: readonly Mapping[];
  };
  const sources = mappings.map((mapping) => {
    const target = functions.get(mapping.FunctionArn.split(':')[6] ?? '');
    if (target === undefined) throw new Error(`no function ${mapping.FunctionArn}`);
    const isQueue = mapping.EventSourceArn.includes(':sqs:');
    const source: Source = isQueue ? queueSource(sqs, mapping) : streamSource(endpoint, mapping);
    return { source, target, queue: isQueue ? urlOf(mapping.EventSourceArn) : null };
  });

  async function waiting(): Promise<number> {
    let sum = 0;
    for (const { queue } of sources) {
      if (queue === null) continue;
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queue, AttributeNames: [...COUNTS] }),
      );
      for (const name of COUNTS) sum += Number(Attributes[name] ?? 0);
    }
    return sum;
  }

  return {
    mappings,
    async untilQuiet(seconds) {
      const end = performance.now() + seconds * 1000;
      let records = 0;
      for (;;) {
        let moved = 0;
        for (const { source, target } of sources) moved += await source(target);
        records += moved;
        if (moved > 0) continue;
        if ((await waiting()) === 0) return records;
        if (performance.now() > end) throw new Error(`${await waiting()} messages still wait after ${seconds} s`);
        await sleep(200);
      }
    },
  };
}
