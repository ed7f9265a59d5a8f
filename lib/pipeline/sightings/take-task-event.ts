/** Takes in that a task of ECS runs or has stopped. Events come late, twice and in any order; see note-report.ts. */
import type { EnvironmentRules } from '../../core/sightings/environments.ts';
import type { TaskEvent } from '../ports/running.ts';
import { taskReports } from './running-things.ts';
import { sight, type SightDependencies } from './sight.ts';

export interface TaskEventDependencies extends SightDependencies {
  readonly environments: EnvironmentRules;
}

export interface TakenTaskEvent {
  readonly outcome: 'sighted' | 'ignored';
  readonly details: Readonly<Record<string, unknown>>;
}

export async function takeTaskEvent(event: TaskEvent, dependencies: TaskEventDependencies): Promise<TakenTaskEvent> {
  const { id, at, cluster, group, task } = event;
  const about = { event: id, kind: 'task', cluster, group, task };
  const reports = taskReports(event, dependencies.environments);
  for (const report of reports) await sight({ ...report, at }, dependencies);
  if (reports.length === 0) {
    return { outcome: 'ignored', details: { ...about, why: 'nothing has started, or ECS tells no digest of it' } };
  }
  const images = reports.map(({ digest, ended }) => ({ digest, state: ended ? 'ended' : 'running' }));
  return { outcome: 'sighted', details: { ...about, images } };
}
