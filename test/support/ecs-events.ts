/** Events of Amazon ECS for tests: the example of its documentation, with what a test is about put in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Readonly<Record<string, unknown>>;

const EXAMPLE = JSON.parse(
  readFileSync(join(import.meta.dirname, '../fixtures/aws/ecs-task-state-change-running.json'), 'utf8'),
) as Json & { readonly detail: Json & { readonly containers: readonly Json[] } };

export function anEcsEvent(detail: Json = {}, event: Json = {}): Json {
  return { ...EXAMPLE, ...event, detail: { ...EXAMPLE.detail, ...detail } };
}

/** @param given - undefined members are left out, as ECS does for images that are not in ECR */
export function aContainer(given: Json = {}): Json {
  return JSON.parse(JSON.stringify({ ...EXAMPLE.detail.containers[0], ...given })) as Json;
}

export const EXAMPLE_DIGEST = 'sha256:74b2c688c700ec95a93e478cdb959737c148df3fbf5ea706abe0318726e885e6';
