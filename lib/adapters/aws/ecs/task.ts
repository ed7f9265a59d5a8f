/** A task as ECS writes it, in events as in answers ("Task" and "Container", ECS API Reference). */
import { z } from 'zod';

import { isDigest } from '../../../core/image/digest.ts';
import { asciiLine } from '../../../core/text/plain.ts';
import type { RunningTask } from '../../../pipeline/ports/running.ts';

/** Of the name of a group, which is that of a service or a family, or what who runs a task makes up. */
const MOST_CHARACTERS = 255;

/** `arn:aws:ecs:eu-central-1:111122223333:cluster/shop`: partition, Region, account, kind, rest. */
const ARN = /^arn:[\w-]+:ecs:(?<region>[a-z\d-]+):(?<account>\d{12}):(?<kind>cluster|task)\/(?<rest>[\w/-]+)$/u;

const arn = (kind: 'cluster' | 'task') =>
  z.string().transform((text, context) => {
    const { region, account, kind: named, rest } = ARN.exec(text)?.groups ?? {};
    if (region !== undefined && account !== undefined && rest !== undefined && named === kind) {
      return { region, account, name: rest.slice(rest.lastIndexOf('/') + 1) };
    }
    context.addIssue({ code: 'custom', message: `not the ARN of a ${kind}` });
    return z.NEVER;
  });

export const taskSchema = z.object({
  clusterArn: arn('cluster'),
  taskArn: arn('task'),
  lastStatus: z.string(),
  /** ASCII, so that it fits into a key. */
  group: z
    .string()
    .default('(no group)')
    .transform((text) => asciiLine(text, MOST_CHARACTERS)),
  containers: z
    .array(
      z.object({
        lastStatus: z.string(),
        image: z.string().max(1024).optional(),
        imageDigest: z.string().max(200).optional(),
      }),
    )
    .default([]),
});

/** The older form of task ARNs names no cluster; `clusterArn` is of the same account and Region in either. */
export function taskOf({
  clusterArn,
  taskArn,
  lastStatus,
  group,
  containers,
}: z.output<typeof taskSchema>): RunningTask {
  const { account, region, name: cluster } = clusterArn;
  return {
    ...{ account, region, cluster, group, task: taskArn.name },
    containers: containers.flatMap(({ image = null, imageDigest, lastStatus: status }) =>
      imageDigest === undefined || !isDigest(imageDigest)
        ? []
        : [{ digest: imageDigest, image, state: lastStatus === 'STOPPED' ? 'gone' : stateOf(status) }],
    ),
  };
}

function stateOf(status: string): RunningTask['containers'][number]['state'] {
  if (status === 'STOPPED') return 'gone';
  return status === 'PENDING' ? 'coming' : 'running';
}
