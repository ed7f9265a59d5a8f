import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { snsSubscriberTopics } from '../../../../lib/adapters/aws/sns/subscriber-topics.ts';

const client = new SNSClient({ region: 'eu-central-1' });
const sns = mockClient(client);
const PREFIX = 'arn:aws:sns:eu-central-1:111122223333:Home-Announcements-';
const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/1';
const topics = snsSubscriberTopics({ client, prefix: PREFIX, key: KEY });

beforeEach(() => void sns.reset());

function failure(name: string, httpStatusCode = 400): Error {
  return Object.assign(new Error('because'), { name, $metadata: { httpStatusCode } });
}

describe('the topic of a subscriber', () => {
  it('is made with the key of the home, over TLS alone, and the address asked to confirm', async () => {
    sns.on(CreateTopicCommand).resolves({}).on(SubscribeCommand).resolves({ SubscriptionArn: 'pending confirmation' });
    await topics.make({ name: 'shop', address: 'shop@example.com' });

    const [made, subscribed] = sns.calls().map(({ args }) => args[0].input as Record<string, never>);
    expect(made).toMatchObject({ Name: 'Home-Announcements-shop', Attributes: { KmsMasterKeyId: KEY } });
    expect(JSON.parse((made?.['Attributes'] as { Policy: string } | undefined)?.Policy ?? '')).toMatchObject({
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Resource: `${PREFIX}shop`,
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    });
    expect(subscribed).toEqual({ TopicArn: `${PREFIX}shop`, Protocol: 'email', Endpoint: 'shop@example.com' });
    expect(topics.arnOf('shop')).toBe(`${PREFIX}shop`);
  });

  it('is taken away with its subscription', async () => {
    sns.on(DeleteTopicCommand).resolves({});
    await topics.remove('shop');

    expect(sns.commandCalls(DeleteTopicCommand)[0]?.args[0].input).toEqual({ TopicArn: `${PREFIX}shop` });
  });

  it.each([
    ['an address that SNS refuses', failure('InvalidParameterException'), 'bad-input'],
    ['an address that SNS refuses, as the wire says it', failure('InvalidParameter'), 'bad-input'],
    ['too many topics', failure('TopicLimitExceededException', 403), 'limit-exceeded'],
    ['too many subscriptions', failure('SubscriptionLimitExceeded', 403), 'limit-exceeded'],
    ['a caller without the right', failure('AuthorizationErrorException', 403), 'unavailable'],
    ['SNS away', failure('InternalErrorException', 500), 'unavailable'],
  ])('%s: %j is %s', async (_what, error, code) => {
    sns.on(CreateTopicCommand).resolves({}).on(SubscribeCommand).rejects(error);
    await expect(topics.make({ name: 'shop', address: 'shop@example.com' })).rejects.toMatchObject({ code });
  });
});
