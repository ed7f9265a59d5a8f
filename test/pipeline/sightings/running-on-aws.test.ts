/** Tasks of ECS and functions of Lambda, by events and by the sweep. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readTaskEvent } from '../../../lib/adapters/aws/events/task-event.ts';
import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import type { RegisterStore } from '../../../lib/pipeline/ports/register-store.ts';
import type { RunningFunction, RunningTask } from '../../../lib/pipeline/ports/running.ts';
import { listRunning, readSightings } from '../../../lib/pipeline/sightings/read-sightings.ts';
import { takeTaskEvent } from '../../../lib/pipeline/sightings/take-task-event.ts';
import { sweepRunning } from '../../../lib/pipeline/sweep/running.ts';
import { aDigest } from '../../support/assessments.ts';
import { aContainer, anEcsEvent, EXAMPLE_DIGEST } from '../../support/ecs-events.ts';

const NOW = Date.parse('2026-11-24T18:00:00.000Z');
const SCOPE = { account: '111122223333', region: 'us-west-2' };
const PLACE = '111122223333/us-west-2/ecs/FargateCluster/family:sample-fargate';

let register: RegisterStore;
let now: Date;

beforeEach(() => {
  ({ register } = openLocalStore(':memory:'));
  now = new Date(NOW);
});

const at = (minute: number): string => new Date(NOW + minute * 60_000).toISOString();

async function take(detail: Parameters<typeof anEcsEvent>[0], environments = [] as const) {
  return await takeTaskEvent(readTaskEvent(anEcsEvent(detail)), { register, now: () => now, environments });
}

function task(name: string): string {
  return `arn:aws:ecs:us-west-2:111122223333:task/FargateCluster/${name}`;
}

async function places() {
  return (await listRunning(register)).map(({ where }) => where);
}

describe('events of tasks', () => {
  it('say where an image runs, and that it ended', async () => {
    expect(await take({ updatedAt: at(0) })).toMatchObject({ outcome: 'sighted' });
    expect(await listRunning(register)).toEqual([
      {
        ...{ digest: EXAMPLE_DIGEST, where: PLACE, environment: 'production', source: 'ecs' },
        image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/hello-repository:latest',
        ...{ firstSeen: at(0), lastSeen: at(0), endedAt: null },
      },
    ]);
    await take({ lastStatus: 'STOPPED', stoppedAt: at(9) });
    expect(await listRunning(register)).toEqual([]);
  });

  it('end in the same, in whatever order they come and however often', async () => {
    const events = ['a', 'b'].flatMap((name, index) => [
      { taskArn: task(name), updatedAt: at(index) },
      { taskArn: task(name), updatedAt: at(index + 2) },
      ...(name === 'a' ? [{ taskArn: task(name), lastStatus: 'STOPPED', stoppedAt: at(10) }] : []),
    ]);
    const anyOrder = fc.tuple(fc.shuffledSubarray(events, { minLength: events.length }), fc.subarray(events));
    await fc.assert(
      fc.asyncProperty(anyOrder, async ([first, again]) => {
        ({ register } = openLocalStore(':memory:'));
        for (const detail of [...first, ...again]) await take(detail);
        expect(await readSightings(EXAMPLE_DIGEST, register)).toMatchObject([
          { where: PLACE, firstSeen: at(0), lastSeen: at(3), endedAt: null },
        ]);
      }),
      { numRuns: 25 },
    );
  });

  it('see each image of a task, and one as long as one of its containers runs', async () => {
    const other = aDigest('sidecar');
    const stopped = { lastStatus: 'STOPPED' };
    const sidecar = { imageDigest: other, image: 'sidecar:1' };
    await take({ containers: [aContainer(), aContainer(stopped), aContainer(sidecar)], updatedAt: at(0) });
    expect(await listRunning(register)).toHaveLength(2);

    await take({ containers: [aContainer(), aContainer({ ...sidecar, ...stopped })], updatedAt: at(1) });
    expect(await listRunning(register)).toMatchObject([{ digest: EXAMPLE_DIGEST }]);
  });

  it('say nothing where nothing has started, or no digest is told', async () => {
    const containers = [aContainer({ lastStatus: 'PENDING' }), aContainer({ imageDigest: undefined })];
    expect(await take({ containers })).toMatchObject({ outcome: 'ignored', details: { why: expect.any(String) } });
    expect(await listRunning(register)).toEqual([]);
  });
});

describe('the sweep', () => {
  function running(name: string, digest = EXAMPLE_DIGEST as RunningTask['containers'][number]['digest']): RunningTask {
    const containers = [{ digest, image: 'web:1', state: 'running' as const }];
    return { ...SCOPE, cluster: 'shop', group: 'service:web', task: name, containers };
  }

  function checkout(digest = aDigest('checkout')): RunningFunction {
    return { ...SCOPE, name: 'checkout', images: [{ digest, image: 'checkout:latest' }] };
  }

  async function* those<T>(...some: readonly (T | Error)[]) {
    for (const one of some) {
      if (one instanceof Error) throw one;
      yield await Promise.resolve(one);
    }
  }

  async function sweep(
    tasks: readonly (RunningTask | Error)[],
    functions: readonly (RunningFunction | Error)[] = [],
    signal = new AbortController().signal,
  ) {
    return await sweepRunning({
      ...{ register, now: () => now, signal },
      environments: [{ clusters: [], functions: ['check*'], environment: 'testing' }],
      tasks: { scope: SCOPE, all: () => those(...tasks) },
      functions: { scope: SCOPE, all: () => those(...functions) },
    });
  }

  it('finds what began and what ended without an event, of tasks and of functions', async () => {
    expect(await sweep([running('a'), running('b')], [checkout()])).toBe(0);
    const found = await listRunning(register);
    expect(new Set(found.map(({ where, environment, image }) => `${where} ${environment} ${String(image)}`))).toEqual(
      new Set([
        '111122223333/us-west-2/ecs/shop/service:web production web:1',
        '111122223333/us-west-2/lambda/checkout testing checkout:latest',
      ]),
    );

    now = new Date(NOW + 15 * 60_000);
    // A task is gone, the function has another image.
    expect(await sweep([running('b')], [checkout(aDigest('newer'))])).toBe(2);
    expect(await readSightings(aDigest('checkout'), register)).toMatchObject([{ lastSeen: at(0), endedAt: at(15) }]);
    now = new Date(NOW + 30 * 60_000);
    expect(await sweep([])).toBe(2);
    expect(await listRunning(register)).toEqual([]);
  });

  it('ends the task whose last event was lost, and none that began since, nor any elsewhere', async () => {
    await take({ updatedAt: at(-60) });
    await take({ taskArn: task('young'), updatedAt: at(5) });
    await takeTaskEvent(
      readTaskEvent(anEcsEvent({ updatedAt: at(-60), clusterArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/far' })),
      { register, now: () => now, environments: [] },
    );
    expect(await sweep([])).toBe(1);
    expect(await places()).toEqual([
      expect.stringContaining('us-east-1/ecs/far'),
      expect.stringContaining('FargateCluster'),
    ]);
  });

  it('takes the other listing in where one fails, and ends nothing by the one that failed', async () => {
    await sweep([running('a')], [checkout()]);
    now = new Date(NOW + 15 * 60_000);
    await expect(sweep([running('b'), new Error('ECS is away')], [])).rejects.toThrow('ECS is away');
    expect(await places()).toEqual(['111122223333/us-west-2/ecs/shop/service:web']);
    expect(await sweep([running('b')], [])).toBe(1);
  });

  it('ends nothing where its time is up', async () => {
    await sweep([running('a')]);
    now = new Date(NOW + 15 * 60_000);
    await expect(sweep([running('b')], [], AbortSignal.abort(new Error('out of time')))).rejects.toThrow('out of time');
    expect(await places()).toHaveLength(1);
  });
});
