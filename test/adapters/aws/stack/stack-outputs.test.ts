import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { describeStack } from '../../../../lib/adapters/aws/stack/stack-outputs.ts';

const client = new CloudFormationClient({ region: 'eu-central-1' });
const formation = mockClient(client);

function refuse(name: string, message: string, status: number): void {
  const error = Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
  formation.on(DescribeStacksCommand).rejects(error);
}

afterEach(() => void formation.reset());

describe('what a stack says of itself', () => {
  it('is its state and its outputs', async () => {
    const Outputs = [
      { OutputKey: 'RegisterTableName', OutputValue: 'table-1' },
      { OutputKey: 'Empty', OutputValue: '' },
    ];
    const stack = {
      StackName: 'Cavendish',
      StackStatus: 'UPDATE_COMPLETE' as const,
      CreationTime: new Date(0),
      Outputs,
    };
    formation.on(DescribeStacksCommand, { StackName: 'Cavendish' }).resolves({ Stacks: [stack] });

    const described = await describeStack(client, 'Cavendish');

    expect(described).toMatchObject({ name: 'Cavendish', region: 'eu-central-1', status: 'UPDATE_COMPLETE' });
    expect(described.output('RegisterTableName')).toBe('table-1');
    expect(described.output('Empty')).toBe('');
    expect(() => described.output('EventsQueueUrl')).toThrow(
      'the stack Cavendish in eu-central-1 (UPDATE_COMPLETE) has no output EventsQueueUrl',
    );
  });

  it('names the Region in which there is no such stack', async () => {
    refuse('ValidationError', 'Stack with id Nope does not exist', 400);
    await expect(describeStack(client, 'Nope')).rejects.toMatchObject({
      code: 'not-found',
      message: 'there is no stack Nope in eu-central-1',
      next: expect.stringContaining('--home aws:Nope@REGION'),
    });
    formation.on(DescribeStacksCommand).resolves({ Stacks: [] });
    await expect(describeStack(client, 'Nope')).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each([
    ['AccessDenied', 403, 'cloudformation:DescribeStacks'],
    ['ExpiredToken', 403, 'does not know this caller'],
    ['Throttling', 400, 'has no room'],
    ['InternalFailure', 500, 'did not answer as it should'],
  ])('says what went wrong at %s', async (name, status, words) => {
    refuse(name, 'because', status);
    await expect(describeStack(client, 'Cavendish')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining(words),
      next: expect.any(String),
    });
  });

  it('hands another mistake on as it is', async () => {
    refuse('ValidationError', 'stackName is too long', 400);
    await expect(describeStack(client, 'Cavendish')).rejects.toThrow('stackName is too long');
  });

  it('needs to know the Region', async () => {
    const lost = new CloudFormationClient({ region: () => Promise.reject<string>(new Error('Region is missing')) });
    await expect(describeStack(lost, 'Cavendish')).rejects.toMatchObject({
      code: 'wrong-use',
      next: expect.stringContaining('--home aws:STACK@REGION'),
    });
  });
});
