import { describe, expect, it } from '@jest/globals';

import { readEvent } from '../../../../lib/adapters/aws/events/read-event.ts';
import { readTaskEvent } from '../../../../lib/adapters/aws/events/task-event.ts';
import { aContainer, anEcsEvent, EXAMPLE_DIGEST } from '../../../support/ecs-events.ts';

const IMAGE = '111122223333.dkr.ecr.us-west-2.amazonaws.com/hello-repository:latest';

describe('an event of ECS', () => {
  it('says what runs of a task, where, and when that was', () => {
    expect(readEvent(anEcsEvent())).toEqual({
      ...{ kind: 'task', id: '3317b2af-7005-947d-b652-f55e762e571a', at: '2026-11-24T17:57:58.103Z' },
      ...{ account: '111122223333', region: 'us-west-2', cluster: 'FargateCluster', group: 'family:sample-fargate' },
      task: 'c13b4cb40f1f4fe4a2971f76ae5a47ad',
      containers: [{ digest: EXAMPLE_DIGEST, image: IMAGE, state: 'running' }],
    });
  });

  it('says that a task has stopped, with all its containers, and when', () => {
    const stopped = { lastStatus: 'STOPPED', stoppedAt: '2026-11-24T18:10:00.250Z', updatedAt: '2026-11-24T18:10:09Z' };
    expect(readTaskEvent(anEcsEvent(stopped))).toMatchObject({
      at: '2026-11-24T18:10:00.250Z',
      containers: [{ state: 'gone' }],
    });
  });

  it('says of each container of a running task whether it runs, and leaves out those of which it has no digest', () => {
    const containers = [
      aContainer(),
      aContainer({ lastStatus: 'STOPPED' }),
      aContainer({ lastStatus: 'PENDING' }),
      aContainer({ imageDigest: undefined }),
      aContainer({ imageDigest: 'sha256:short' }),
    ];
    expect(readTaskEvent(anEcsEvent({ containers })).containers.map(({ state }) => state)).toEqual([
      'running',
      'gone',
      'coming',
    ]);
  });

  it('reads tasks whose ARN names no cluster, and falls back to the time of the event', () => {
    const taskArn = 'arn:aws-cn:ecs:us-west-2:111122223333:task/4f2d5f0e-3b1c-4a1e-9d52-0f5b8a3f0b11';
    const bare = { taskArn, updatedAt: undefined, group: 'Größe' };
    expect(readTaskEvent(anEcsEvent(bare))).toMatchObject({
      ...{ task: '4f2d5f0e-3b1c-4a1e-9d52-0f5b8a3f0b11', cluster: 'FargateCluster' },
      ...{ at: '2026-11-24T17:57:58.000Z', group: 'Gro?e' },
    });
  });

  it.each([
    ['another type', anEcsEvent({}, { 'detail-type': 'ECS Service Action' }), 'unsupported', '"ECS Service Action"'],
    ['no cluster', anEcsEvent({ clusterArn: 'shop' }), 'bad-input', 'clusterArn: not the ARN of a cluster'],
    ['no task', anEcsEvent({ taskArn: 'arn:aws:s3:::a' }), 'bad-input', 'taskArn: not the ARN of a task'],
    ['no status', anEcsEvent({ lastStatus: 7 }), 'bad-input', 'lastStatus'],
    ['no date', anEcsEvent({ updatedAt: 'soon' }), 'bad-input', 'updatedAt: not a date and time'],
    ['no account', anEcsEvent({}, { account: 'x' }), 'bad-input', 'account'],
  ])('is refused with %s', (_, event, code, words) => {
    expect(() => readEvent(event)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(words) }));
  });
});
