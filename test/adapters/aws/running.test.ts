import { DescribeTasksCommand, ECSClient, ListClustersCommand, ListTasksCommand } from '@aws-sdk/client-ecs';
import { GetFunctionCommand, LambdaClient, ListAliasesCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { ecsTasks } from '../../../lib/adapters/aws/ecs/running-tasks.ts';
import { lambdaFunctions } from '../../../lib/adapters/aws/lambda/running-functions.ts';
import { aDigest } from '../../support/assessments.ts';

const SCOPE = { account: '111122223333', region: 'eu-central-1' };
const [ONE, OTHER] = [aDigest('one'), aDigest('other')];

const ecs = mockClient(ECSClient);
const lambda = mockClient(LambdaClient);
const tasks = ecsTasks(new ECSClient({ region: SCOPE.region }), SCOPE);
const functions = lambdaFunctions(new LambdaClient({ region: SCOPE.region }), SCOPE);

beforeEach(() => {
  ecs.reset();
  lambda.reset();
});

function failure(name: string): Error {
  return Object.assign(new Error(`said by AWS: ${name}`), { name });
}

const cluster = (name: string) => `arn:aws:ecs:eu-central-1:111122223333:cluster/${name}`;
const task = (name: string) => `arn:aws:ecs:eu-central-1:111122223333:task/shop/${name}`;

describe('the tasks that run', () => {
  it('are listed page by page, cluster by cluster', async () => {
    ecs
      .on(ListClustersCommand)
      .resolvesOnce({ clusterArns: [cluster('shop')], nextToken: 'more' })
      .resolves({ clusterArns: [cluster('gone'), cluster('empty')] });
    ecs
      .on(ListTasksCommand, { cluster: cluster('shop'), desiredStatus: 'RUNNING' })
      .resolvesOnce({ taskArns: [task('a')], nextToken: 'more' })
      .resolves({ taskArns: [task('b')] });
    ecs.on(ListTasksCommand, { cluster: cluster('gone') }).rejects(failure('ClusterNotFoundException'));
    ecs.on(ListTasksCommand, { cluster: cluster('empty') }).resolves({ taskArns: [] });
    ecs.on(DescribeTasksCommand).callsFake(({ tasks: [taskArn] }: { readonly tasks: readonly string[] }) => ({
      tasks: [
        {
          ...{ taskArn, clusterArn: cluster('shop'), lastStatus: 'RUNNING', group: 'service:web' },
          containers: [{ lastStatus: 'RUNNING', image: 'web:1', imageDigest: ONE }, { lastStatus: 'RUNNING' }],
        },
      ],
    }));

    expect(await Array.fromAsync(tasks.all())).toEqual(
      ['a', 'b'].map((name) => ({
        ...{ ...SCOPE, cluster: 'shop', group: 'service:web', task: name },
        containers: [{ digest: ONE, image: 'web:1', state: 'running' }],
      })),
    );
  });

  it('are not known where ECS refuses', async () => {
    ecs.on(ListClustersCommand).rejects(failure('AccessDeniedException'));
    await expect(Array.fromAsync(tasks.all())).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('Amazon ECS refuses this caller (ecs:ListClusters'),
    });
  });
});

describe('the functions that are made of images', () => {
  beforeEach(() => {
    lambda
      .on(ListFunctionsCommand)
      .resolvesOnce({ Functions: [{ FunctionName: 'zip', PackageType: 'Zip' }], NextMarker: 'more' })
      .resolves({ Functions: [{ FunctionName: 'checkout', PackageType: 'Image' }] });
    lambda.on(ListAliasesCommand).resolves({ Aliases: [] });
  });

  function deployed(version: string, digest: string): void {
    lambda
      .on(GetFunctionCommand, { FunctionName: 'checkout', Qualifier: version })
      .resolves({ Code: { ImageUri: 'repo:latest', ResolvedImageUri: `repo@${digest}` } });
  }

  it('are listed page by page, with the image that the tag meant when they were deployed', async () => {
    deployed('$LATEST', ONE);
    expect(await Array.fromAsync(functions.all())).toEqual([
      { ...SCOPE, name: 'checkout', images: [{ digest: ONE, image: 'repo:latest' }] },
    ]);
  });

  it('run every version that an alias names', async () => {
    lambda
      .on(ListAliasesCommand)
      .resolvesOnce({ Aliases: [{ FunctionVersion: '3' }], NextMarker: 'more' })
      .resolves({ Aliases: [{ FunctionVersion: '3', RoutingConfig: { AdditionalVersionWeights: { '4': 0.1 } } }] });
    deployed('$LATEST', OTHER);
    deployed('3', ONE);
    deployed('4', OTHER);

    const [found] = await Array.fromAsync(functions.all());
    expect(found?.images.map(({ digest }) => digest)).toEqual([OTHER, ONE]);
  });

  it('are left out where they went away meanwhile, and not known where Lambda refuses', async () => {
    lambda.on(GetFunctionCommand).rejects(failure('ResourceNotFoundException'));
    expect(await Array.fromAsync(functions.all())).toEqual([]);

    lambda.on(GetFunctionCommand).rejects(failure('AccessDeniedException'));
    await expect(Array.fromAsync(functions.all())).rejects.toThrow(
      'AWS Lambda refuses this caller (lambda:GetFunction',
    );
  });
});
