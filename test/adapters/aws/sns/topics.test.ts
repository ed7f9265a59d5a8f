import { ListSubscriptionsByTopicCommand, NotFoundException, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';

import { snsSubscriptions } from '../../../../lib/adapters/aws/sns/subscriptions.ts';
import { snsTopics } from '../../../../lib/adapters/aws/sns/topics.ts';

const client = new SNSClient({ region: 'eu-central-1' });
const sns = mockClient(client);
const topics = snsTopics(client);
const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:shop';
const MESSAGE = { topicArn: TOPIC, subject: '[Cavendish] GO', text: 'GO\n', attributes: { kind: 'verdict-changed' } };

function failure(name: string, httpStatusCode: number): Error {
  return Object.assign(new Error('because'), { name, $metadata: { httpStatusCode } });
}

const GONE = new NotFoundException({ message: 'Topic does not exist', $metadata: { httpStatusCode: 404 } });

beforeEach(() => void sns.reset());

describe('a message to an SNS topic', () => {
  it('is sent with its subject, and with what subscriptions filter by', async () => {
    sns.on(PublishCommand).resolves({ MessageId: 'm-1' });

    expect(await topics.publish(MESSAGE)).toBe('m-1');
    expect(sns.commandCalls(PublishCommand)[0]!.args[0].input).toEqual({
      TopicArn: TOPIC,
      Subject: '[Cavendish] GO',
      Message: 'GO\n',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'verdict-changed' } },
    });
  });

  it.each([
    ['throttled', failure('ThrottledException', 429), 'unavailable', /sns:Publish: ThrottledException/u],
    ['a 500', failure('InternalErrorException', 500), 'unavailable', /did not answer/u],
    ['a time-out', failure('TimeoutError', 0), 'unavailable', /sns:Publish: TimeoutError/u],
    ['denied', failure('AuthorizationErrorException', 403), 'unavailable', /refuses this caller/u],
    ['a key that is denied', failure('KMSAccessDeniedException', 400), 'unavailable', /refuses this caller/u],
    ['a topic that is gone', GONE, 'not-found', /has no topic arn:aws:sns:eu-central-1:111122223333:shop/u],
    ['a topic that is gone, as the wire says it', failure('NotFound', 404), 'not-found', /has no topic/u],
  ])('%s: %j is %s', async (_what, error, code, why) => {
    sns.on(PublishCommand).rejects(error);

    await expect(topics.publish(MESSAGE)).rejects.toMatchObject({ code, message: expect.stringMatching(why) });
  });

  it('is not taken for accepted where SNS names no message', async () => {
    sns.on(PublishCommand).resolves({});

    await expect(topics.publish(MESSAGE)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([
    ['with a line break in its subject', { subject: 'a\nb' }, 'bad-input'],
    ['with a subject of 100 characters', { subject: 'x'.repeat(100) }, 'bad-input'],
    ['with a subject that is not ASCII', { subject: 'Caf\u00e9' }, 'bad-input'],
    ['without a subject', { subject: '' }, 'bad-input'],
    ['of more than 256 KiB, attributes counted', { text: 'x'.repeat(262_144) }, 'limit-exceeded'],
  ])('is not sent %s', async (_what, overrides, code) => {
    await expect(topics.publish({ ...MESSAGE, ...overrides })).rejects.toMatchObject({ code });
    expect(sns.calls()).toHaveLength(0);
  });
});

describe('the subscriptions of an SNS topic', () => {
  it('are read page by page: which are confirmed, and not those that were deleted', async () => {
    const subscription = (SubscriptionArn: string, Endpoint: string) => ({
      SubscriptionArn,
      Protocol: 'email',
      Endpoint,
    });
    sns
      .on(ListSubscriptionsByTopicCommand, { TopicArn: TOPIC, NextToken: undefined })
      .resolves({ Subscriptions: [subscription(`${TOPIC}:1`, 'a@example.com')], NextToken: 'more' })
      .on(ListSubscriptionsByTopicCommand, { TopicArn: TOPIC, NextToken: 'more' })
      .resolves({
        Subscriptions: [subscription('PendingConfirmation', 'b@example.com'), subscription('Deleted', 'c@example.com')],
      });

    expect(await Array.fromAsync(snsSubscriptions(client).of(TOPIC))).toEqual([
      { protocol: 'email', endpoint: 'a@example.com', confirmed: true },
      { protocol: 'email', endpoint: 'b@example.com', confirmed: false },
    ]);
  });

  it('are not empty where the topic is gone: that is an error', async () => {
    sns.on(ListSubscriptionsByTopicCommand).rejects(GONE);

    await expect(Array.fromAsync(snsSubscriptions(client).of(TOPIC))).rejects.toMatchObject({ code: 'not-found' });
  });
});
