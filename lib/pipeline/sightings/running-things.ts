/** What runs on AWS, as reports of sightings: tasks of ECS one by one, functions as a whole. */
import { environmentOf, type EnvironmentRules } from '../../core/sightings/environments.ts';
import { type Report, type SightingSource, WHOLE } from '../../core/sightings/sighting.ts';
import type { RunningFunction, RunningTask, Scope } from '../ports/running.ts';

/** Where something runs, and what: all of a report but the instant. */
export type Told = Omit<Report, 'at'>;

/** The beginning of all places of a scope. */
export function placesOf({ account, region }: Scope, source: Exclude<SightingSource, 'cli'>): string {
  return `${account}/${region}/${source}/`;
}

/** One for each image of the task; it runs as long as one of its containers does. */
export function taskReports(task: RunningTask, rules: EnvironmentRules): readonly Told[] {
  const { cluster, group, containers } = task;
  const started = containers.filter(({ state }) => state !== 'coming');
  return [...new Set(started.map(({ digest }) => digest))].map((digest) => {
    const same = started.filter((container) => container.digest === digest);
    return {
      digest,
      where: `${placesOf(task, 'ecs')}${cluster}/${group}`,
      environment: environmentOf(rules, 'clusters', cluster),
      image: same[0]?.image ?? null,
      source: 'ecs',
      unit: task.task,
      ended: same.every(({ state }) => state === 'gone'),
    };
  });
}

export function functionReports(one: RunningFunction, rules: EnvironmentRules): readonly Told[] {
  return one.images.map(({ digest, image }) => ({
    digest,
    where: `${placesOf(one, 'lambda')}${one.name}`,
    environment: environmentOf(rules, 'functions', one.name),
    image,
    source: 'lambda',
    unit: WHOLE,
    ended: false,
  }));
}
