import { describe, expect, it } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';

import { resourceOf, resourcesOf, templateOf } from '../template.ts';

const THEIRS = 'arn:aws:sns:eu-central-1:111122223333:theirs';
const template = templateOf({
  operatorEmail: 'on-call@example.com',
  subscribers: [
    { name: 'shop', email: 'shop@example.com' },
    { name: 'theirs', topic: Topic.fromTopicArn(new Stack(), 'Theirs', THEIRS) },
  ],
});

describe('announcements', () => {
  it('have a topic for each subscriber that brings none, and one for the operator, encrypted', () => {
    const topics = [...resourcesOf(template, 'AWS::SNS::Topic').values()];

    expect(topics).toHaveLength(2);
    for (const topic of topics) expect(JSON.stringify(topic['KmsMasterKeyId'])).toContain('AnnouncementsKey');
  });

  it('go by mail to those who asked for it', () => {
    const subscriptions = [...resourcesOf(template, 'AWS::SNS::Subscription').values()];

    expect(
      subscriptions
        .map(({ Protocol, Endpoint }) => [Protocol, Endpoint])
        .sort(([, a], [, b]) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      ['email', 'on-call@example.com'],
      ['email', 'shop@example.com'],
    ]);
  });

  it('let alarms use the key of the topics, and of this account alone', () => {
    const { KeyPolicy: policy, EnableKeyRotation: rotated } = resourceOf(template, 'AWS::KMS::Key');

    expect(rotated).toBe(true);
    expect(JSON.stringify(policy)).toMatch(
      /"Condition":\{"StringEquals":\{"aws:SourceAccount":\{"Ref":"AWS::AccountId"\}\}\}.*cloudwatch\.amazonaws\.com/u,
    );
  });
});
