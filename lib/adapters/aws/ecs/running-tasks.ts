/** The tasks that run in an account and Region, cluster by cluster, page by page. */
import { DescribeTasksCommand, type ECSClient, paginateListClusters, paginateListTasks } from '@aws-sdk/client-ecs';

import type { RunningTasks, Scope } from '../../../pipeline/ports/running.ts';
import { readPart } from '../events/envelope.ts';
import { askAws, askedPages } from '../failures.ts';
import { taskOf, taskSchema } from './task.ts';

/** The largest page of each call, and as many tasks as one DescribeTasks takes. */
const PAGE = 100;

/** A cluster, or a task, that went away in between is left out: it is not there. */
export function ecsTasks(client: ECSClient, scope: Scope): RunningTasks {
  async function* tasksOf(cluster: string) {
    const pages = paginateListTasks({ client, pageSize: PAGE }, { cluster, desiredStatus: 'RUNNING' });
    for await (const { taskArns = [] } of askedPages(pages, 'ecs:ListTasks')) {
      if (taskArns.length === 0) continue;
      const command = new DescribeTasksCommand({ cluster, tasks: taskArns });
      const { tasks = [] } = await askAws('ecs:DescribeTasks', () => client.send(command));
      for (const task of tasks) yield taskOf(readPart(task, taskSchema, 'a task of ECS'));
    }
  }

  async function* all() {
    const pages = paginateListClusters({ client, pageSize: PAGE }, {});
    for await (const { clusterArns = [] } of askedPages(pages, 'ecs:ListClusters')) {
      for (const cluster of clusterArns) {
        try {
          yield* tasksOf(cluster);
        } catch (error) {
          if (!Error.isError(error) || error.name !== 'ClusterNotFoundException') throw error;
        }
      }
    }
  }

  return { scope, all };
}
