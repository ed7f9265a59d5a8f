import { describe, expect, it } from '@jest/globals';

import { askAws, explainAws } from '../../../lib/adapters/aws/failures.ts';
import { CavendishError } from '../../../lib/core/errors/error.ts';

function said(name: string, status?: number, code?: string): Error {
  const error = Object.assign(new Error('because'), { $metadata: { httpStatusCode: status }, code });
  error.name = name;
  return error;
}

describe('what AWS says', () => {
  it.each<[string, Error, string, string]>([
    ['throttling', said('ThrottlingException', 400), 'dynamodb:Query', 'DynamoDB has no room'],
    ['throttling of SNS', said('ThrottledException', 400), 'sns:Publish', 'SNS has no room'],
    ['too many requests', said('TooManyRequestsException', 429), 'ecr:DescribeImages', 'Amazon ECR has no room'],
    ['a limit of throughput', said('ProvisionedThroughputExceededException', 400), 'dynamodb:GetItem', 'no room'],
    ['any 429', said('Odd', 429), 'sqs:SendMessage', 'SQS has no room'],
    ['a fault of the service', said('InternalServerError', 500), 'dynamodb:GetItem', 'did not answer as it should'],
    ['any 5xx', said('Odd', 502), 'events:PutEvents', 'EventBridge did not answer'],
    ['a time-out', said('TimeoutError'), 'sts:AssumeRole', 'STS did not answer'],
    ['a refused connection', said('Error', undefined, 'ECONNREFUSED'), 's3:GetObject', 'S3 did not answer'],
    ['a reset connection', said('Error', undefined, 'ECONNRESET'), 's3:GetObject', 'S3 did not answer'],
    ['no such host', said('Error', undefined, 'ENOTFOUND'), 'cloudformation:DescribeStacks', 'CloudFormation did not'],
    ['a denied action', said('AccessDeniedException', 400), 'dynamodb:Query', 'DynamoDB refuses this caller'],
    ['a denied action of SNS', said('AuthorizationErrorException', 403), 'sns:Publish', 'SNS refuses this caller'],
    ['any 403', said('Forbidden', 403), 's3:PutObject', 'S3 refuses this caller'],
    ['a key that may not be used', said('KMSAccessDeniedException', 400), 'sqs:SendMessage', 'SQS refuses this caller'],
    ['no credentials', said('CredentialsProviderError'), 'sts:GetCallerIdentity', 'STS does not know this caller'],
    ['credentials that ran out', said('ExpiredTokenException', 403), 'ecr:ListImages', 'does not know this caller'],
    ['no such table', said('ResourceNotFoundException', 400), 'dynamodb:GetItem', 'has no such thing'],
    ['no such queue', said('QueueDoesNotExist', 400), 'sqs:SendMessage', 'has no such thing'],
    ['a service that has no name here', said('Odd', 500), 'inspector2:ListFindings', 'inspector2:ListFindings did not'],
  ])('is unavailable, by service and action: %s', (_, error, action, expected) => {
    const explained = explainAws(error, action);
    expect(explained).toBeInstanceOf(CavendishError);
    expect(explained).toMatchObject({ code: 'unavailable', cause: error, next: expect.any(String) });
    expect(explained).toHaveProperty('message', expect.stringContaining(expected));
    expect(explained).toHaveProperty('message', expect.stringContaining(`${action}: ${error.name}: because`));
  });

  it.each<[string, unknown]>([
    ['a condition that does not hold', said('ConditionalCheckFailedException', 400)],
    ['a request that is wrong', said('ValidationException', 400)],
    ['a caller who stopped waiting', said('AbortError')],
    ["Cavendish's own word", new CavendishError('conflict', 'because')],
    ['a bug', new TypeError('x is not a function')],
    ['what is no error', 'oops'],
  ])('is left as it is where it is %s', (_, error) => {
    expect(explainAws(error, 'dynamodb:GetItem')).toBe(error);
  });

  it('is explained on the way', async () => {
    await expect(askAws('sqs:SendMessage', () => Promise.reject(said('Odd', 503)))).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await askAws('sqs:SendMessage', () => Promise.resolve(1))).toBe(1);
  });
});
